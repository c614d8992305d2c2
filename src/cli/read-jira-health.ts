import type { Examiner } from '../jira/examine.ts'
import type { ConfigRead } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import { type JiraHealth, type Panel, type SeenOfOthers, seesPanels } from '../model/jira-health.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import type { Eyes } from '../reconcile/eyes.ts'
import type { OutageName } from '../reconcile/world/telling.ts'

export type JiraAsked = Pick<Eyes, 'issues' | 'memory'> & {
  readonly examiner: Examiner
  readonly site: string | null
}

/** What memory knows of Jira and a repository, and what Jira says to each of the credentials now: a few reads. */
export async function readJiraHealth(
  asked: JiraAsked,
  repository: Repository,
  config: ConfigRead,
): Promise<JiraHealth> {
  const { issues, memory, examiner, site } = asked
  const valid = config.kind === 'valid' ? config.config : null
  const account = await examiner.tryAccount()
  const wanted = valid === null ? [] : wantedOf(valid)
  const keys = entities.map((entity) => `${entity}:${repository.id}:`)
  const outages = await Promise.all(parts.map(async (part) => ({ part, outage: await memory.outage(part) })))
  const panels = valid === null ? [] : await tryPanels(examiner, valid)
  const projects = valid !== null && account.kind === 'works' ? await readProjects(asked, valid) : []
  const works = panels.flatMap(({ panel, tried }) => (tried.kind === 'works' ? [panel] : []))
  // Without credentials everything waits, for one cause that is said already.
  const told = issues.panels ? await memory.reported(repository, keys) : []
  const elsewhere = told.length === 0 && works.length > 0 && (await examiner.hasHeardOf(repository.id))
  return {
    site,
    account,
    wanted,
    projects,
    panels,
    others: await Promise.all(
      works.map(async (panel) => ({
        panel,
        seen: elsewhere ? unknown(otherDatabase) : await seenOfOthers(asked, panel, projects),
      })),
    ),
    away: outages.flatMap(({ part, outage }) => (outage === null ? [] : [{ part, cause: outage.cause }])),
    told,
    acts: await memory.troubledActs(repository),
  }
}

const otherDatabase = 'what Waybill told of this repository stands in another database than this one'

const parts: readonly OutageName[] = ['panels', 'issues', 'look-ups']

const entities = ['branch', 'pull', 'build', 'deployment', 'promotion']

const allPanels: readonly Panel[] = ['development', 'builds', 'deployments']

function wantedOf({ issues, jira }: Config): readonly string[] {
  return [
    ...(issues.verify ? ['issues.verify'] : []),
    ...(jira.comment ? ['jira.comment'] : []),
    ...(Object.values(jira.transitions).some((status) => status !== null) ? ['jira.transitions'] : []),
    ...(jira['fix-version'] ? ['jira.fix-version'] : []),
  ]
}

async function tryPanels(examiner: Examiner, { jira }: Config): Promise<JiraHealth['panels']> {
  const tried: JiraHealth['panels'][number][] = []
  for (const panel of allPanels) {
    const set = jira.panels[panel]
    // One after the other: the access token is fetched once.
    if (set !== 'off') tried.push({ panel, set, tried: await examiner.tryPanel(panel) })
  }
  return tried
}

async function readProjects({ examiner, issues }: JiraAsked, config: Config): Promise<JiraHealth['projects']> {
  const { jira } = config
  const links = !issues.panels && jira.panels.development !== 'off'
  const permissions = [
    'BROWSE_PROJECTS',
    ...(jira.comment ? ['ADD_COMMENTS', 'EDIT_OWN_COMMENTS'] : []),
    ...(wantedOf(config).includes('jira.transitions') ? ['TRANSITION_ISSUES'] : []),
    ...(jira['fix-version'] ? ['EDIT_ISSUES', 'ADMINISTER_PROJECTS'] : []),
    ...(links ? ['LINK_ISSUES'] : []),
    ...(issues.panels ? [seesPanels] : []),
  ]
  return Promise.all(
    config.issues.projects.map(async (key) => ({ key, lacks: await examiner.lackingIn(key, permissions) })),
  )
}

/** Whoever tells a panel is not named in any answer of Jira's: what it shows beyond what Waybill told is somebody else's. */
async function seenOfOthers(
  { memory, examiner }: JiraAsked,
  panel: Panel,
  projects: JiraHealth['projects'],
): Promise<Lookup<SeenOfOthers>> {
  const seen = projects.filter(({ lacks }) => lacks.kind === 'found' && !lacks.value.includes(seesPanels))
  if (seen.length === 0) return unknown('the API token can see the panels of no project')
  const shown = await examiner.shownIn(
    panel,
    seen.map(({ key }) => key),
  )
  if (shown.kind !== 'found') return shown.kind === 'absent' ? found({ twice: [], strange: [] }) : shown
  const told = await memory.toldIssues(kinds[panel], shown.value)
  const strange = shown.value.filter((key) => !told.has(key))
  // Jira counts pull requests only, and mostly an issue has one.
  const single = panel === 'development' ? shown.value.filter((key) => told.get(key) === 1) : []
  const twice = await examiner.withMorePulls(single, 1)
  return twice.kind === 'unknown' ? twice : found({ twice: twice.kind === 'found' ? twice.value : [], strange })
}

const kinds = { development: 'pull', builds: 'build', deployments: 'deployment' } as const
