import type { Diagnosis, Health } from '../model/health.ts'
import { bypassWords } from './bypass-words.ts'
import { configWords } from './config-diagnosis.ts'
import { doorWords } from './door-words.ts'
import { gateWords, lineWords } from './gate-diagnosis.ts'
import { plain } from './inert.ts'
import { tellJiraDiagnosis } from './jira-diagnosis.ts'
import type { Told } from './told.ts'

/** What is not as it should be, and the exact next click or call, as plain text. */
export function tellDiagnosis(diagnosis: Diagnosis, health: Health): Told {
  if (diagnosis.kind === 'plan-cannot-require') return planWords
  switch (diagnosis.kind) {
    case 'config-unusable':
    case 'people-unknown':
      return configWords(diagnosis)
    case 'permission-missing':
    case 'event-missing':
    case 'queue-not-heard':
      return appWords(diagnosis, health)
    case 'gate-not-required':
    case 'gate-not-pinned':
    case 'rules-unreadable':
      return gateWords(diagnosis, health)
    case 'admins-bypass':
    case 'line-unproven':
      return lineWords(diagnosis, health)
    case 'bypass-unseen':
    case 'bypass-open':
      return bypassWords(diagnosis, health)
    case 'door-open':
    case 'tags-unbound':
    case 'tag-bypass':
    case 'tags-closed':
      return doorWords(diagnosis, health)
    case 'account-missing':
    case 'account-fails':
    case 'panel-without-credentials':
    case 'panels-untold':
    case 'panels-fail':
    case 'project-unseen':
    case 'project-unread':
    case 'project-permissions':
    case 'others-unseen':
    case 'panel-told-twice':
    case 'panel-told-by-others':
    case 'jira-app-file':
    case 'jira-away':
    case 'reports-troubled':
    case 'acts-troubled':
      return tellJiraDiagnosis(diagnosis, health)
  }
}

type Of<K extends Diagnosis['kind']> = Extract<Diagnosis, { readonly kind: K }>

const planWords: Told = {
  weight: 'wrong',
  what: "This plan can't require checks on a private repository: the gate speaks, and can't refuse a merge. What is merged against it is not promoted.",
  next: 'Upgrade the plan, or make the repository public.',
}

function appWords(
  diagnosis: Of<'permission-missing' | 'event-missing' | 'queue-not-heard'>,
  { repositoryUrl }: Health,
): Told {
  const installation = `${repositoryUrl}/settings/installations`
  switch (diagnosis.kind) {
    case 'permission-missing':
      return {
        weight: 'wrong',
        what: `The App has no ${diagnosis.wanted} access to ${diagnosis.permission} (${diagnosis.has ?? 'none'} now).`,
        next: `Give the App "${diagnosis.permission}: ${diagnosis.wanted}" in its settings, then accept it at ${installation}.`,
      }
    case 'event-missing':
      return {
        weight: 'wrong',
        what: `GitHub does not tell the App of ${diagnosis.event}: answers come with the sweep, minutes late.`,
        next: `Subscribe the App to "${diagnosis.event}" in its settings, under Permissions & events.`,
      }
    case 'queue-not-heard':
      return {
        weight: 'wrong',
        what: `${plain(diagnosis.branch)} has a merge queue, and GitHub does not tell the App of its groups: they wait for ever.`,
        next: 'Subscribe the App to "merge_group" in its settings, with read access to merge queues.',
      }
  }
}

/** The whole report, for a terminal. */
export function healthText(health: Health, found: readonly Diagnosis[]): string {
  if (found.length === 0)
    return `All is well: waybill/gate is required on ${health.lines.map(({ branch }) => plain(branch)).join(', ')}, from this App only.\n`
  const marks = { wrong: '✗', weak: '!', note: '·' }
  const lines = found.map((one) => {
    const { weight, what, next } = tellDiagnosis(one, health)
    return `${marks[weight]} ${what}\n  Next: ${next}\n`
  })
  return `${lines.join('\n')}`
}
