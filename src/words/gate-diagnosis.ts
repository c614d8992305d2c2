import type { Diagnosis, Health } from '../model/health.ts'
import { plain } from './inert.ts'
import type { Told } from './told.ts'

type Of<K extends Diagnosis['kind']> = Extract<Diagnosis, { readonly kind: K }>

/** Whether the gate is really asked for. */
export function gateWords(
  diagnosis: Of<'gate-not-required' | 'gate-not-pinned' | 'rules-unreadable'>,
  { repositoryUrl, app }: Health,
): Told {
  const settings = `${repositoryUrl}/settings`
  switch (diagnosis.kind) {
    case 'gate-not-required':
      return {
        weight: 'weak',
        what: `waybill/gate is not required on ${plain(diagnosis.branch)}: anybody may merge without it.`,
        next: `Run this again with --fix and an admin's GITHUB_TOKEN; or ${settings}/rules/new?target=branch, Require status checks, waybill/gate from ${app.slug}.`,
      }
    case 'gate-not-pinned':
      return {
        weight: 'weak',
        what: `waybill/gate on ${plain(diagnosis.branch)} may come from ${diagnosis.appId === null ? 'anybody' : `the App ${diagnosis.appId}`}: whoever may set a status can forge it.`,
        next: `Run this again with --fix and an admin's GITHUB_TOKEN; or ${settings}/rules, and choose ${app.slug} (${app.id}) as the check's source.`,
      }
    case 'rules-unreadable':
      return {
        weight: 'note',
        what: `What ${plain(diagnosis.branch)} requires can't be read: ${plain(diagnosis.cause)}.`,
        next: `Look at ${settings}/rules.`,
      }
  }
}

/** What a line lets by, and what it does not show. */
export function lineWords(diagnosis: Of<'admins-bypass' | 'line-unproven'>, { repositoryUrl }: Health): Told {
  switch (diagnosis.kind) {
    case 'admins-bypass':
      return {
        weight: 'weak',
        what: `Administrators may merge into ${plain(diagnosis.branch)} without the gate. What they merge that way is marked, and waits for /waybill accept.`,
        next: `${repositoryUrl}/settings/branches, the rule for ${plain(diagnosis.branch)}: Do not allow bypassing the above settings.`,
      }
    case 'line-unproven':
      return {
        weight: 'wrong',
        what: `No check ever reported on ${diagnosis.silent} of the ${diagnosis.merges} newest merges on ${plain(diagnosis.branch)}: they get no version of their own.`,
        next: `Let CI run on pushes too: "on: { push: { branches: [${plain(diagnosis.branch)}] } }"; or ask for none with "release: { checks: [] }".`,
      }
  }
}
