import type { Grade } from '../model/grade.ts'
import { isTrouble } from '../model/grade.ts'
import type { Diagnosis } from '../model/health.ts'
import { type JiraHealth, seesPanels } from '../model/jira-health.ts'
import type { ReportTold } from '../model/report.ts'

/**
 * What keeps Jira from showing what it should: credentials, permissions, an outage, others who tell the same, reports and acts that
 * did not arrive.
 */
export function diagnoseJira(health: JiraHealth): readonly Diagnosis[] {
  const { away, told, acts } = health
  const [act] = acts
  return [
    ...accountOf(health),
    ...panelsOf(health),
    ...projectsOf(health),
    ...away.map((one): Diagnosis => ({ kind: 'jira-away', ...one })),
    ...othersOf(health),
    ...reportKinds.flatMap((report) => troubleOf(report, told)),
    ...(act === undefined
      ? []
      : [{ kind: 'acts-troubled', count: acts.length, issueKey: act.issueKey, cause: act.cause } as const]),
  ]
}

function accountOf({ site, account, wanted }: JiraHealth): readonly Diagnosis[] {
  switch (account.kind) {
    case 'works':
      return []
    case 'missing':
      return wanted.length === 0 ? [] : [{ kind: 'account-missing', wanted, site }]
    case 'fails':
      return [{ kind: 'account-fails', cause: account.cause, remedy: account.remedy }]
  }
}

/** One cause for several panels is said once. */
function panelsOf({ panels, site }: JiraHealth): readonly Diagnosis[] {
  const missing = panels.filter(({ tried }) => tried.kind === 'missing')
  const on = missing.filter(({ set }) => set === 'on')
  const failing = panels.flatMap(({ panel, tried }) => (tried.kind === 'fails' ? [{ panel, ...tried }] : []))
  const names = missing.map(({ panel }) => panel)
  return [
    ...on.map(({ panel }): Diagnosis => ({ kind: 'panel-without-credentials', panel })),
    // Without Jira at all that is said already.
    ...(missing.length > on.length && site !== null ? [{ kind: 'panels-untold', panels: names } as const] : []),
    ...[...Map.groupBy(failing, ({ cause }) => cause)].map(([cause, same]): Diagnosis => {
      return { kind: 'panels-fail', panels: same.map(({ panel }) => panel), cause, remedy: same[0]?.remedy ?? '' }
    }),
  ]
}

function projectsOf({ projects }: JiraHealth): readonly Diagnosis[] {
  return projects.flatMap(projectOf)
}

function projectOf({ key: project, lacks }: JiraHealth['projects'][number]): readonly Diagnosis[] {
  switch (lacks.kind) {
    case 'absent':
      return [{ kind: 'project-unseen', project }]
    case 'unknown':
      return [{ kind: 'project-unread', project, cause: lacks.cause }]
    case 'found': {
      const needed = lacks.value.filter((permission) => permission !== seesPanels)
      return needed.length === 0 ? [] : [{ kind: 'project-permissions', project, lacks: needed }]
    }
  }
}

function othersOf({ others }: JiraHealth): readonly Diagnosis[] {
  const unseen = others.flatMap(({ panel, seen }) => (seen.kind === 'unknown' ? [{ panel, cause: seen.cause }] : []))
  const seen = others.flatMap(({ panel, seen }) => (seen.kind === 'found' ? [{ panel, ...seen.value }] : []))
  return [
    ...[...Map.groupBy(unseen, ({ cause }) => cause)].map(([cause, same]): Diagnosis => {
      return { kind: 'others-unseen', panels: same.map(({ panel }) => panel), cause }
    }),
    ...seen.flatMap(({ panel, twice, strange }): readonly Diagnosis[] => [
      ...(twice.length > 0 ? [{ kind: 'panel-told-twice', panel, issueKeys: twice } as const] : []),
      ...(strange.length > 0 ? [{ kind: 'panel-told-by-others', panel, issueKeys: strange } as const] : []),
    ]),
  ]
}

const reportKinds = ['branch', 'pull', 'build', 'deployment', 'gone'] as const

function troubleOf(report: (typeof reportKinds)[number], told: readonly ReportTold[]): readonly Diagnosis[] {
  const own = told.filter(({ body }) => body.kind === report)
  const cause = own.flatMap(({ grade }) => (isTrouble(grade) && grade.kind !== 'reported' ? [grade.cause] : []))[0]
  if (cause === undefined) return []
  const count = (kind: Grade['kind']) => own.filter(({ grade }) => grade.kind === kind).length
  const grades = {
    reported: count('reported'),
    partly: count('partly'),
    notReported: count('not-reported'),
    kept: count('kept'),
  }
  return [{ kind: 'reports-troubled', report, ...grades, cause }]
}
