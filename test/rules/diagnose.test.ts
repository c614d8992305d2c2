import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Health, LineHealth, TagRuleset } from '../../src/model/health.ts'
import { absent, found, unknown } from '../../src/model/lookup.ts'
import { diagnose, neededEvents, neededPermissions } from '../../src/rules/diagnose.ts'
import { healthText } from '../../src/words/diagnosis.ts'

const line = (change: Partial<LineHealth> = {}): LineHealth => ({
  branch: 'main',
  config: null,
  required: found([{ name: 'waybill/gate', appId: 7 }]),
  hasQueue: false,
  adminsBypass: false,
  rulesets: [],
  unproven: { merges: 5, silent: 0 },
  ...change,
})

const wellJira: Health['jira'] = {
  site: 'https://acme.atlassian.net',
  account: { kind: 'works' },
  wanted: ['issues.verify', 'jira.comment'],
  projects: [{ key: 'SHOP', lacks: found([]) }],
  panels: [{ panel: 'development', set: 'auto', tried: { kind: 'works' } }],
  others: [],
  away: [],
  told: [],
  acts: [],
}

const health = (change: Partial<Health> = {}): Health => ({
  repositoryUrl: 'https://github.com/acme/shop',
  private: true,
  app: { id: 7, slug: 'waybill' },
  permissions: new Map(Object.entries(neededPermissions)),
  events: neededEvents,
  canRequire: true,
  config: 'valid',
  lines: [line()],
  missingLines: [],
  unknownPeople: [],
  doors: { open: [], tagPattern: null, tagRulesets: [] },
  jiraAppFile: false,
  jira: wellJira,
  ...change,
})

const kinds = (change: Partial<Health>) => diagnose(health(change)).map(({ kind }) => kind)

const everybody = [
  { type: 'OrganizationAdmin', id: 1, onlyByPull: false },
  { type: 'RepositoryRole', id: 5, onlyByPull: true },
  { type: 'Team', id: 7, onlyByPull: false },
  { type: 'Integration', id: 9, onlyByPull: false },
  { type: 'Some <thing>', id: null, onlyByPull: false },
]

describe('what the configuration names', () => {
  it('is missed where it is not there: a branch, its own file, people', () => {
    const named: Partial<Health> = {
      lines: [
        line(),
        ...(['absent', 'broken', 'not-as-written', 'valid'] as const).map((config) =>
          line({ branch: `release-${config}`, config }),
        ),
      ],
      missingLines: ['trunk'],
      unknownPeople: ['ghost', '@acme/ghosts'],
    }
    expect(kinds(named)).toEqual([...Array(4).fill('config-unusable'), 'people-unknown'])
    expect(healthText(health(named), diagnose(health(named)))).toMatchInlineSnapshot(`
      "✗ merge.into names trunk, and there is no such branch: nothing is gated by that.
        Next: Write the branch's name as it is now, or take trunk out of merge.into.

      ✗ merge.into names release-absent, and release-absent has no .github/waybill.yml of its own, which would judge what goes into it: its pull requests are not held.
        Next: Open a pull request into release-absent that adds the file.

      ✗ On release-broken: .github/waybill.yml can't be used, and no older one could be read either: nothing passes.
        Next: Open a pull request that mends it; the check waybill/config names the lines.

      ! On release-not-as-written: .github/waybill.yml is not in force as it stands: an older one, or a locked value of the organisation, is.
        Next: Open a pull request that mends it; the check waybill/config names the lines.

      ! The configuration names whom GitHub does not know: ghost, @acme/ghosts. Nobody counts by these names.
        Next: Mend the names in .github/waybill.yml, or make the teams.
      "
    `)
  })
})

describe("production's door", () => {
  const ruleset: TagRuleset = {
    id: 5,
    organisation: null,
    bypass: [{ type: 'Integration', id: 7, onlyByPull: false }],
    include: ['refs/tags/v*'],
    exclude: [],
    rules: ['creation', 'update', 'deletion'],
    ownBypass: true,
  }
  const tags = (...tagRulesets: readonly Partial<TagRuleset>[]): Partial<Health> => {
    const whole = tagRulesets.map((change) => ({ ...ruleset, ...change }))
    return { doors: { open: [], tagPattern: 'v{version}', tagRulesets: whole } }
  }

  it('is found open to any branch, and its tags unbound', () => {
    const doors = { open: ['production'], tagPattern: 'v{version}', tagRulesets: [] }
    expect(kinds({ doors })).toEqual(['door-open', 'tags-unbound'])
    expect(healthText(health({ doors }), diagnose(health({ doors })))).toMatchInlineSnapshot(`
      "! GitHub lets a job on any branch into production: only its deployment protection rules stand before it.
        Next: At https://github.com/acme/shop/settings/environments, production: limit deployment branches and tags to the tags of versions.

      ! No ruleset binds the tags v{version}: whoever may push can make, move or delete the tag of a version. Waybill deploys nothing while one is not where it was made.
        Next: At https://github.com/acme/shop/settings/rules: a tag ruleset that restricts creations, updates and deletions, with this App alone on its bypass list.
      "
    `)
  })

  it('holds where the tags of versions are held from everybody but this App', () => {
    expect(kinds(tags({}))).toEqual([])
    for (const include of [['~ALL'], ['refs/tags/*'], ['refs/tags/**/*'], ['refs/tags/v*.*.*']]) {
      expect(kinds(tags({ include }))).toEqual([])
    }
    // Two rulesets may share it.
    expect(kinds(tags({ rules: ['creation', 'update'] }, { rules: ['deletion'] }))).toEqual([])
    expect(kinds({ doors: { open: [], tagPattern: null, tagRulesets: [] } })).toEqual([])
  })

  it.each<readonly [string, Partial<TagRuleset>]>([
    ['moves', { rules: ['creation', 'deletion'] }],
    ['deletions', { rules: ['creation', 'update', 'non_fast_forward'] }],
    ['other tags', { include: ['refs/tags/release-*'] }],
    ['branches of that name', { include: ['refs/heads/v*'] }],
    ['only the first versions', { include: ['refs/tags/v0.*'] }],
    ['all but some', { exclude: ['refs/tags/v1.*'] }],
  ])('is open where a ruleset leaves out or is about %s', (_, change) => {
    expect(kinds(tags(change))).toContain('tags-unbound')
  })

  it('says who may bypass, and what GitHub does not show', () => {
    const others = [{ type: 'RepositoryRole', id: 5, onlyByPull: false }]
    const seen = [
      tags({ rules: ['update'] }),
      tags({ bypass: [...(ruleset.bypass ?? []), ...others] }),
      tags({ bypass: null }),
      tags({ bypass: others }),
      tags({ bypass: null, ownBypass: false }),
      { doors: { open: [], tagPattern: 'v{version}', tagRulesets: null } },
    ]
    expect(seen.map(kinds)).toEqual([
      ['tags-unbound'],
      ['tag-bypass'],
      ['tag-bypass'],
      ['tags-closed', 'tag-bypass'],
      ['tags-closed', 'tag-bypass'],
      ['tags-unbound'],
    ])
    const texts = seen.map((change) => healthText(health(change), diagnose(health(change))))
    expect(texts.join('')).toMatchInlineSnapshot(`
      "! No ruleset restricts the creations or deletions of the tags v{version}: whoever may push can make or delete the tag of a version. Waybill deploys nothing while one is not where it was made.
        Next: At https://github.com/acme/shop/settings/rules: a tag ruleset that restricts creations, updates and deletions, with this App alone on its bypass list.
      ! The rules for the tags of versions may be bypassed by its administrators.
        Next: https://github.com/acme/shop/settings/rules/5, Bypass list: take them off it, and leave this App.
      · Who may bypass the rules for the tags of versions is told to administrators only.
        Next: Run this again with an administrator's GITHUB_TOKEN; or look at https://github.com/acme/shop/settings/rules/5, Bypass list: this App alone should be on it.
      ✗ A ruleset restricts who makes the tags of versions, and this App is not on its bypass list: it can release nothing.
        Next: https://github.com/acme/shop/settings/rules/5, Bypass list: add this App.

      ! The rules for the tags of versions may be bypassed by its administrators.
        Next: https://github.com/acme/shop/settings/rules/5, Bypass list: take them off it, and leave this App.
      ✗ A ruleset restricts who makes the tags of versions, and this App is not on its bypass list: it can release nothing.
        Next: https://github.com/acme/shop/settings/rules/5, Bypass list: add this App.

      · Who may bypass the rules for the tags of versions is told to administrators only.
        Next: Run this again with an administrator's GITHUB_TOKEN; or look at https://github.com/acme/shop/settings/rules/5, Bypass list: this App alone should be on it.
      · What the rulesets for tags restrict could not be read.
        Next: Look at https://github.com/acme/shop/settings/rules: there should be a tag ruleset that restricts creations, updates and deletions, with this App alone on its bypass list.
      "
    `)
  })
})

describe('the doctor', () => {
  it('finds nothing where the gate is required from this App alone', () => {
    expect(kinds({})).toEqual([])
    expect(healthText(health(), [])).toBe('All is well: waybill/gate is required on main, from this App only.\n')
  })

  it('says what Jira was not told, and where on needs credentials', () => {
    const body = {
      kind: 'gone',
      repository: { id: 1, fullName: 'a/b', url: 'u' },
      of: { kind: 'pull', number: 1 },
    } as const
    const jira = {
      ...wellJira,
      panels: [{ panel: 'builds', set: 'on', tried: { kind: 'missing' } }],
      away: [{ part: 'panels', cause: 'Jira answered 503' }],
      told: [
        { key: 'pull:1:1', body, grade: { kind: 'reported' } },
        { key: 'pull:1:2', body, grade: { kind: 'not-reported', cause: 'SHOP-9 is <unknown>' } },
      ],
      acts: [{ key: 'comment:1:SHOP-7', issueKey: 'SHOP-7', cause: 'no Jira account is configured' }],
    } as const
    const ill = health({ jira })
    expect(healthText(ill, diagnose(ill))).toMatchInlineSnapshot(`
      "✗ jira.panels.builds is on, and there are no credentials for Jira's panels: they are told nothing.
        Next: Give the server JIRA_CLIENT_ID and JIRA_CLIENT_SECRET; or write "auto", which is on where they are there.

      ✗ Jira did not answer when last asked, for the panels: Jira answered 503.
        Next: Mend what it names. What was kept is sent by itself when Jira answers again.

      · What was taken back in Jira's panels: 1 reported, 0 partly, 1 not reported, 0 waiting. One of them: SHOP-9 is <unknown>.
        Next: Mend what it names. What Jira refused is sent again when it changes, what waits by itself.

      · One thing was not done to issues, the newest to SHOP-7: no Jira account is configured.
        Next: Mend what it names, or do it to the issue by hand.
      "
    `)
    const auto = { ...jira, panels: [], away: [], told: jira.told.slice(0, 1), acts: [] }
    expect(kinds({ jira: auto })).toEqual([])
  })

  it('says of each credential what fails, and of a panel who else tells it', () => {
    const fails = { kind: 'fails', cause: 'Jira answered 401', remedy: 'make a new one' } as const
    const sick = health({
      jiraAppFile: true,
      jira: {
        ...wellJira,
        account: fails,
        panels: [
          { panel: 'development', set: 'auto', tried: { kind: 'works' } },
          { panel: 'builds', set: 'auto', tried: fails },
          { panel: 'deployments', set: 'on', tried: fails },
        ],
        projects: [
          { key: 'SHOP', lacks: found(['ADD_COMMENTS', 'VIEW_DEV_TOOLS']) },
          { key: 'GONE', lacks: absent },
          { key: 'SLOW', lacks: unknown('Jira answered 503') },
        ],
        others: [
          {
            panel: 'development',
            seen: found({ twice: ['SHOP-7'], strange: ['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-4'] }),
          },
          { panel: 'builds', seen: unknown('Jira answered 503') },
        ],
      },
    })
    expect(healthText(sick, diagnose(sick))).toMatchInlineSnapshot(`
      "✗ JIRA_EMAIL and JIRA_API_TOKEN don't work: Jira answered 401.
        Next: Make a new one.

      ✗ JIRA_CLIENT_ID and JIRA_CLIENT_SECRET don't work for builds, deployments: Jira answered 401.
        Next: Make a new one.

      ✗ Waybill's account lacks in SHOP: Add comments.
        Next: Give them to its role: Jira → SHOP → Project settings → Access (or Permissions).

      ✗ Jira has no project GONE, or does not show it to Waybill's account: each of its issues counts as not found.
        Next: Check issues.projects in .github/waybill.yml; or let the account in: Jira → GONE → Project settings → Access (or Permissions).

      · What Waybill's account may do in SLOW can't be read: Jira answered 503.
        Next: Run this again.

      · Whether another tool tells the same panels (builds) can't be seen: Jira answered 503.
        Next: Run this with Waybill's own database, and with an API token whose account may View development tools; or look at an issue of https://github.com/acme/shop yourself.

      ! Somebody else tells the development panel too: SHOP-7 shows more than Waybill told.
        Next: Look at https://acme.atlassian.net/browse/SHOP-7, Development. What leads to https://github.com/acme/shop twice: take this repository from the other tool (Jira → Apps → GitHub for Atlassian → Configure), or write "jira: { panels: { development: off } }".

      · Another tool tells the development panel of the same projects: SHOP-1, SHOP-2, SHOP-3 and 1 more shows what Waybill never told, for any repository.
        Next: Look at https://acme.atlassian.net/browse/SHOP-1, Development. Only what leads to https://github.com/acme/shop will be there twice: take this repository from the other tool (Jira → Apps → GitHub for Atlassian → Configure), or write "jira: { panels: { development: off } }".

      · The default branch has .jira/config.yml, which GitHub for Atlassian reads: it seems to tell Jira of deployments and builds too.
        Next: Take this repository from it (Jira → Apps → GitHub for Atlassian → Configure) and delete the file; or leave it builds and development, and write "off" for them.
      "
    `)
    const none = health({
      jira: {
        ...wellJira,
        site: null,
        account: { kind: 'missing' },
        panels: [{ panel: 'development', set: 'auto', tried: { kind: 'missing' } }],
      },
    })
    expect(healthText(none, diagnose(none))).toMatchInlineSnapshot(`
      "· No Jira is configured: keys are read from names, no issue is looked up or touched, and issues.verify, jira.comment do nothing.
        Next: Give the server JIRA_SITE, JIRA_EMAIL and JIRA_API_TOKEN, as docs/jira.md says; or switch them off in .github/waybill.yml.
      "
    `)
    const half = health({ jira: { ...none.jira, site: wellJira.site, wanted: ['jira.comment'] } })
    expect(healthText(half, diagnose(half))).toMatchInlineSnapshot(`
      "· There is no API token for Jira: keys are read from names, no issue is looked up or touched, and jira.comment does nothing.
        Next: Give the server JIRA_EMAIL and JIRA_API_TOKEN, as docs/jira.md says; or switch it off in .github/waybill.yml.

      · Jira's panels (development) are told nothing: there are no OAuth credentials. Pull requests are shown as links, where there is an API token.
        Next: Give the server JIRA_CLIENT_ID and JIRA_CLIENT_SECRET (Jira → Settings → Apps → OAuth credentials); or write "off" for them.
      "
    `)
  })

  it('tells a gate that is not required from one that anybody may forge', () => {
    expect(kinds({ lines: [line({ required: found([{ name: 'build', appId: 7 }]) })] })).toEqual(['gate-not-required'])
    expect(kinds({ lines: [line({ required: found([{ name: 'waybill/gate', appId: null }]) })] })).toEqual([
      'gate-not-pinned',
    ])
    expect(kinds({ lines: [line({ required: found([{ name: 'waybill/gate', appId: 8 }]) })] })).toEqual([
      'gate-not-pinned',
    ])
    expect(kinds({ lines: [line({ required: unknown('GitHub answered 403') })] })).toEqual(['rules-unreadable'])
  })

  it('says first where the plan can’t require checks, and asks for no rule there', () => {
    const lines = [line({ required: found([]) })]
    expect(kinds({ canRequire: false, config: 'absent', lines })).toEqual(['plan-cannot-require', 'config-unusable'])
  })

  it('hears of a queue only with its event, and of nothing with fewer permissions', () => {
    expect(kinds({ lines: [line({ hasQueue: true })] })).toEqual(['queue-not-heard'])
    expect(kinds({ lines: [line({ hasQueue: true })], events: [...neededEvents, 'merge_group'] })).toEqual([])
    expect(kinds({ permissions: new Map([['contents', 'read']]), events: [] })).toHaveLength(
      Object.keys(neededPermissions).length + neededEvents.length,
    )
  })

  it('gives each finding its exact next step', () => {
    const sick = health({
      canRequire: false,
      config: 'broken',
      permissions: new Map([...Object.entries(neededPermissions), ['contents', 'read']]),
      events: neededEvents.filter((event) => event !== 'status'),
      lines: [
        line({ adminsBypass: true, hasQueue: true, unproven: { merges: 5, silent: 3 } }),
        line({
          branch: 'release/1',
          rulesets: [
            { id: 44, organisation: null, bypass: null },
            { id: 45, organisation: 'acme', bypass: everybody },
            { id: 46, organisation: null, bypass: [] },
          ],
        }),
      ],
    })
    expect(healthText(sick, diagnose(sick))).toMatchInlineSnapshot(`
      "✗ This plan can't require checks on a private repository: the gate speaks, and can't refuse a merge. What is merged against it is not promoted.
        Next: Upgrade the plan, or make the repository public.

      ✗ .github/waybill.yml can't be used, and no older one could be read either: nothing passes.
        Next: Open a pull request that mends it; the check waybill/config names the lines.

      ✗ The App has no write access to contents (read now).
        Next: Give the App "contents: write" in its settings, then accept it at https://github.com/acme/shop/settings/installations.

      ✗ GitHub does not tell the App of status: answers come with the sweep, minutes late.
        Next: Subscribe the App to "status" in its settings, under Permissions & events.

      ✗ main has a merge queue, and GitHub does not tell the App of its groups: they wait for ever.
        Next: Subscribe the App to "merge_group" in its settings, with read access to merge queues.

      ! Administrators may merge into main without the gate. What they merge that way is marked, and waits for /waybill accept.
        Next: https://github.com/acme/shop/settings/branches, the rule for main: Do not allow bypassing the above settings.

      · Who may bypass the rules of release/1 is told to administrators only.
        Next: Run this again with an administrator's GITHUB_TOKEN; or look at https://github.com/acme/shop/settings/rules/44, Bypass list: it should be empty.

      ! The rules of release/1 may be bypassed by the organisation's owners, its administrators (by a pull request only), the team 7, the App 9, Some <thing>. What they merge that way is marked, and waits for /waybill accept.
        Next: https://github.com/organizations/acme/settings/rules/45, Bypass list: take them off it.

      ✗ No check ever reported on 3 of the 5 newest merges on main: they get no version of their own.
        Next: Let CI run on pushes too: "on: { push: { branches: [main] } }"; or ask for none with "release: { checks: [] }".
      "
    `)
    const weak = health({ config: 'not-as-written', lines: [line({ required: found([]) })] })
    expect(healthText(weak, diagnose(weak))).toMatchInlineSnapshot(`
      "! .github/waybill.yml is not in force as it stands: an older one, or a locked value of the organisation, is.
        Next: Open a pull request that mends it; the check waybill/config names the lines.

      ! waybill/gate is not required on main: anybody may merge without it.
        Next: Run this again with --fix and an admin's GITHUB_TOKEN; or https://github.com/acme/shop/settings/rules/new?target=branch, Require status checks, waybill/gate from waybill.
      "
    `)
  })

  it('asks for no more than the App does', () => {
    const manifest = parse(readFileSync(resolve(import.meta.dirname, '../../app.yml'), 'utf8'))
    const { metadata, ...asked } = manifest.default_permissions
    expect(metadata).toBe('read')
    expect(neededPermissions).toEqual(asked)
    expect([...manifest.default_events].sort()).toEqual([...neededEvents, 'merge_group'].sort())
  })
})
