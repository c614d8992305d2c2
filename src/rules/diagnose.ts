import type { Diagnosis, Health, LineHealth } from '../model/health.ts'
import { diagnoseJira } from './diagnose-jira.ts'
import { diagnoseTags } from './diagnose-tags.ts'

/** What Waybill works with, as `app.yml` asks for it. */
export const neededPermissions: Readonly<Record<string, 'read' | 'write'>> = {
  contents: 'write',
  checks: 'write',
  pull_requests: 'write',
  deployments: 'write',
  issues: 'read',
  statuses: 'read',
  actions: 'read',
  members: 'read',
  merge_queues: 'read',
}

/** Without one of these answers come late, by the sweep. What a merge queue says is asked for where there is one. */
export const neededEvents: readonly string[] = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_thread',
  'check_run',
  'check_suite',
  'status',
  'push',
  'create',
  'delete',
  'issue_comment',
  'deployment',
  'deployment_status',
  'deployment_protection_rule',
  'release',
  'repository',
]

/** Everything that is not as it should be, in the order in which to mend it; nothing where all is well. */
export function diagnose(health: Health): readonly Diagnosis[] {
  return diagnoses.flatMap((find) => find(health))
}

/** A new finding is a function in this list and its sentences. */
const diagnoses: readonly ((health: Health) => readonly Diagnosis[])[] = [
  ({ canRequire }) => (canRequire ? [] : [{ kind: 'plan-cannot-require' }]),
  ({ config }) => unusable(null, config),
  ({ missingLines }) => missingLines.flatMap((branch) => unusable(branch, 'no-branch')),
  ({ lines }) => lines.flatMap(({ branch, config }) => unusable(branch, config ?? 'valid')),
  ({ unknownPeople: names }) => (names.length === 0 ? [] : [{ kind: 'people-unknown', names }]),
  missingPermissions,
  ({ events }) =>
    neededEvents.filter((event) => !events.includes(event)).map((event) => ({ kind: 'event-missing', event })),
  (health) => health.lines.flatMap((line) => requirement(health, line)),
  ({ lines, events }) => {
    const deaf = lines.filter(({ hasQueue }) => hasQueue && !events.includes('merge_group'))
    return deaf.map(({ branch }) => ({ kind: 'queue-not-heard', branch }))
  },
  ({ lines }) => lines.flatMap(bypasses),
  ({ lines }) => lines.flatMap(unproven),
  ({ doors }) => doors.open.map((environment) => ({ kind: 'door-open', environment })),
  diagnoseTags,
  ({ jira }) => diagnoseJira(jira),
  // Where nothing is told there is nothing to be told twice.
  ({ jira, jiraAppFile }) =>
    jiraAppFile && jira.panels.some(({ tried }) => tried.kind === 'works') ? [{ kind: 'jira-app-file' }] : [],
]

function unusable(branch: string | null, config: Health['config'] | 'no-branch'): readonly Diagnosis[] {
  return config === 'valid' ? [] : [{ kind: 'config-unusable', branch, config }]
}

function missingPermissions({ permissions }: Health): readonly Diagnosis[] {
  return Object.entries(neededPermissions).flatMap(([permission, wanted]) => {
    const has = permissions.get(permission) ?? null
    return has === wanted || has === 'write' ? [] : [{ kind: 'permission-missing', permission, wanted, has }]
  })
}

function requirement({ app, canRequire }: Health, { branch, required }: LineHealth): readonly Diagnosis[] {
  if (!canRequire) return []
  if (required.kind === 'unknown') return [{ kind: 'rules-unreadable', branch, cause: required.cause }]
  const gates = required.kind === 'found' ? required.value.filter(({ name }) => name === 'waybill/gate') : []
  if (gates.length === 0) return [{ kind: 'gate-not-required', branch }]
  if (gates.some(({ appId }) => appId === app.id)) return []
  return [{ kind: 'gate-not-pinned', branch, appId: gates[0]?.appId ?? null }]
}

function bypasses({ branch, adminsBypass, rulesets }: LineHealth): readonly Diagnosis[] {
  return [
    ...(adminsBypass ? [{ kind: 'admins-bypass', branch } as const] : []),
    ...rulesets.flatMap((ruleset): readonly Diagnosis[] => {
      if (ruleset.bypass === null) return [{ kind: 'bypass-unseen', branch, ruleset }]
      return ruleset.bypass.length === 0 ? [] : [{ kind: 'bypass-open', branch, ruleset }]
    }),
  ]
}

function unproven({ branch, unproven: { merges, silent } }: LineHealth): readonly Diagnosis[] {
  return silent > 0 ? [{ kind: 'line-unproven', branch, silent, merges }] : []
}
