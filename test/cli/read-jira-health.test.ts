import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readJiraHealth } from '../../src/cli/read-jira-health.ts'
import { createExaminer } from '../../src/jira/examine.ts'
import type { JiraSettings } from '../../src/jira/issues.ts'
import { diagnoseJira } from '../../src/rules/diagnose-jira.ts'
import { deploymentReport, pullReport } from '../jira/reports.ts'
import { openPost, shop } from '../reconcile/jira-post.ts'
import { configuredIssues } from '../rules/a-pull.ts'

type Post = Awaited<ReturnType<typeof openPost>>
let post: Post
beforeAll(async () => {
  post = await openPost()
})
afterAll(() => post.close())
afterEach(async () => {
  await post.site.calm()
  post.site.state.withheld.clear()
  expect(await post.site.violations()).toEqual([])
})

/** What the doctor finds with these settings and lines of the configuration. */
async function found(
  change: Partial<JiraSettings> | null,
  lines = '',
  asked = 'projects: [SHOP]',
  memory = post.memory,
) {
  const settings = change === null ? null : { ...post.site.settings, ...change }
  const { issues } = post.world()
  const eyes = {
    issues: { ...issues, panels: settings !== null && settings.client !== null },
    memory,
    examiner: createExaminer(settings, () => post.site.clock.now),
    site: settings?.site ?? null,
  }
  return diagnoseJira(await readJiraHealth(eyes, shop, configuredIssues(asked, lines)))
}

const panels = ['development', 'builds', 'deployments']
const wrong = { id: 'somebody', secret: 'else' }

describe('the credentials for Jira, tried by the doctor', () => {
  it('work: there is nothing to say', async () => {
    expect(await found({})).toEqual([])
  })

  it('missing altogether: one finding, and none where nothing of Jira is wanted', async () => {
    expect(await found(null)).toEqual([
      { kind: 'account-missing', wanted: ['issues.verify', 'jira.comment'], site: null },
    ])
    const off = 'jira: { comment: false, panels: { builds: on } }'
    expect(await found(null, off, 'projects: [SHOP], verify: false')).toEqual([
      { kind: 'panel-without-credentials', panel: 'builds' },
    ])
  })

  it('one of the two missing: says which, and what is left undone by it', async () => {
    expect(await found({ account: null })).toMatchObject([
      { kind: 'account-missing', site: post.site.url },
      { kind: 'others-unseen', panels, cause: 'the API token can see the panels of no project' },
    ])
    expect(await found({ client: null })).toEqual([{ kind: 'panels-untold', panels }])
  })

  it('one of the two wrong: says which of them, and where it is mended', async () => {
    const account = { email: post.site.state.account.email, token: 'expired' }
    const [token] = await found({ account }, 'jira: { panels: { builds: off, development: off, deployments: off } }')
    expect(token).toEqual({
      kind: 'account-fails',
      cause: 'Jira refused the API token (401): it has expired or was withdrawn, and JIRA_API_TOKEN needs a new one',
      remedy: expect.stringContaining('https://id.atlassian.com/manage-profile/security/api-tokens'),
    })
    expect(await found({ client: wrong })).toEqual([
      {
        kind: 'panels-fail',
        panels,
        cause: 'Jira answered 401: Unauthorized to POST /oauth/token',
        remedy: 'check JIRA_CLIENT_ID and JIRA_CLIENT_SECRET, or make new OAuth credentials in Jira',
      },
    ])
  })

  it('without the permission for one panel, or in one project', async () => {
    await post.site.fault({
      call: 'GET /jira/builds/0.1/cloud/{cloudId}/pipelines/{pipelineId}/builds/{buildNumber}',
      fault: '403',
    })
    post.site.state.withheld.add('TRANSITION_ISSUES')
    expect(await found({}, 'jira: { transitions: { merged: Done } }', 'projects: [SHOP, GONE]')).toMatchObject([
      {
        kind: 'panels-fail',
        panels: ['builds'],
        remedy: expect.stringContaining('the permissions Development information'),
      },
      { kind: 'project-permissions', project: 'SHOP', lacks: ['TRANSITION_ISSUES'] },
      { kind: 'project-unseen', project: 'GONE' },
    ])
  })

  it('at a site that was renamed, or is away, or shows a login page', async () => {
    const myself = 'GET /rest/api/3/myself'
    const remedies = {
      redirect: 'the site may have been renamed',
      '503': 'when Jira answers',
      'html-200': 'check JIRA_SITE',
    }
    for (const [fault, remedy] of Object.entries(remedies)) {
      await post.site.fault({ call: myself, fault })
      expect(await found({})).toContainEqual(
        expect.objectContaining({ kind: 'account-fails', remedy: expect.stringContaining(remedy) }),
      )
    }
  })
})

describe('another tool that tells the same panels', () => {
  it('shows at issues of the project before Waybill told anything, and at one that Waybill told of', async () => {
    await post.site.order({
      key: 'SHOP-1',
      others: { pullRequests: 2, builds: ['successful'], deployments: ['successful'] },
    })
    const strange = { issueKeys: ['SHOP-1'], kind: 'panel-told-by-others' }
    expect(await found({})).toEqual([
      { ...strange, panel: 'development' },
      { ...strange, panel: 'builds' },
      { ...strange, panel: 'deployments' },
    ])
    const own = { issueKeys: ['SHOP-7'] }
    await post.save(pullReport({}, own), deploymentReport({}, own))
    await post.send()
    await post.site.order({ key: 'SHOP-1', others: {} })
    expect(await found({})).toEqual([])
    await post.site.order({ key: 'SHOP-7', others: { pullRequests: 1, deployments: ['successful'] } })
    expect(await found({})).toEqual([{ kind: 'panel-told-twice', panel: 'development', issueKeys: ['SHOP-7'] }])
    expect(await found({}, 'jira: { panels: { development: off } }')).toEqual([])
  })

  it('can’t be told from Waybill’s own beside another database than Waybill’s', async () => {
    const empty = { ...post.memory, reported: async () => [] }
    expect(await found({}, '', 'projects: [SHOP]', empty)).toMatchObject([{ kind: 'others-unseen', panels }])
  })

  it('can’t be seen without View development tools, and that is said', async () => {
    post.site.state.withheld.add('VIEW_DEV_TOOLS')
    expect(await found({})).toMatchObject([{ kind: 'others-unseen', panels }])
  })
})
