import { z } from 'zod'
import { longestPattern, patternProblem } from './branch-name.ts'
import { environment } from './config-environment.ts'
import { checks, duration, glob, people, person } from './config-parts.ts'

export type { Environment } from './config-environment.ts'
export type { ChecksWanted, People } from './config-parts.ts'

const bump = z.enum(['major', 'minor', 'patch', 'none'])
const verdict = z.enum(['pass', 'block'])
const panel = z.enum(['auto', 'on', 'off'])
const status = z.string().min(1).nullable().default(null)

const issues = z.strictObject({
  projects: z
    .array(
      z.string().regex(/^[A-Z][A-Z0-9_]{1,254}$/, {
        error: "must be a project's key as Jira writes it, in capitals, such as SHOP",
      }),
    )
    .min(1)
    .meta({
      description: 'The Jira projects whose issue keys count; anything else that looks like a key is ignored.',
      examples: [['SHOP'], ['BIZPLAT', 'SHOP']],
    }),
  verify: z.boolean().default(true).meta({ description: 'Look the issue up in Jira: it must exist and not be done.' }),
  statuses: z
    .array(z.string().min(1))
    .default([])
    .meta({ description: 'If given, the issue must be in one of these statuses.', examples: [['In Progress']] }),
})

const pattern = z
  .string()
  .min(1)
  .max(longestPattern)
  .superRefine((value, context) => {
    const problem = value.length > longestPattern ? null : patternProblem(value)
    if (problem !== null) context.addIssue({ code: 'custom', message: `can't be used as a pattern: ${problem}` })
  })

const branches = z.strictObject({
  pattern: z.array(pattern).min(1).default(['{key}-{slug}', '{type}/{key}-{slug}']).meta({
    description:
      'The shapes a branch name may have. {key} is an issue key, {slug} letters, digits, ".", "_" and "-", {type} one of branches.types; the rest is an RE2 expression, matched as a whole.',
  }),
  types: z
    .array(z.string().min(1))
    .default(['feature', 'feat', 'bugfix', 'fix', 'hotfix', 'chore'])
    .meta({ description: 'What {type} may be.' }),
  exempt: z
    .array(glob)
    .default(['dependabot/**', 'renovate/**'])
    .meta({ description: 'Branches that need no issue, as globs; only when a bot pushed them.' }),
})

const merge = z.strictObject({
  into: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({
      description: 'The gated branches; without it the default branch. The first one is the line that is released.',
      examples: [['main']],
    }),
  approvals: z
    .int()
    .min(0)
    .max(10)
    .default(1)
    .meta({ description: 'How many people who wrote no part of it must approve the newest commit.' }),
  approvers: people
    .default('write-access')
    .meta({ description: 'Whose approvals count.', examples: ['write-access', ['@acme/reviewers']] }),
  checks: checks.default('all').meta({
    description:
      'What must be green. all: what GitHub requires and everything that reported, at least one. required: only what GitHub requires. Or a list: names, globs, {name, app}.',
    examples: ['all', ['build', 'test *', { name: 'lint', app: 'github-actions' }]],
  }),
  'ignore-checks': z
    .array(glob)
    .default([])
    .meta({ description: 'Checks that never block, as globs.', examples: [['codecov/*']] }),
  settle: duration.default('30s').meta({
    description: 'With checks: all, how long after a new commit nothing passes yet, so that checks can start.',
  }),
  'report-within': duration.default('60m').meta({
    description: 'A required check that has not reported for so long is named together with the likely causes.',
  }),
  neutral: verdict.default('pass').meta({ description: 'What a check that ended neutral counts as.' }),
  skipped: verdict.default('pass').meta({ description: 'What a skipped check counts as.' }),
  'red-line': z
    .enum(['block', 'warn'])
    .default('block')
    .meta({ description: 'What failing checks of the newest merge do to other pull requests.' }),
  'one-issue': z.boolean().default(true).meta({ description: 'A pull request carries one issue.' }),
  'unknown-authors': z
    .enum(['block', 'ignore'])
    .default('block')
    .meta({ description: 'Commits whose e-mail belongs to no account and is not in .mailmap.' }),
  overriders: people
    .default('nobody')
    .meta({ description: 'Who may let one commit pass with /waybill override and a reason.' }),
})

const release = z.strictObject({
  tag: z
    .string()
    .regex(/^(?!\/|-|\.)(?!.*(?:\/\/|\.\.|\/\.))[\w./-]*\{version\}(?:[\w./-]*[\w-])?$/, {
      error: 'must be a tag name that holds {version} once, such as v{version} or shop/{version}',
    })
    .default('v{version}')
    .meta({
      description: 'The name of the tag; {version} stands in it once.',
      examples: ['v{version}', 'shop/{version}'],
    }),
  'initial-version': z
    .string()
    .regex(/^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/, { error: 'must be a version such as 0.1.0' })
    .default('0.1.0')
    .meta({ description: 'The first version of a repository without version tags.' }),
  bump: z
    .strictObject({
      default: bump.default('patch').meta({ description: 'The bump where nothing else says one.' }),
      labels: z
        .record(z.string(), bump)
        .default({ 'semver:major': 'major', 'semver:minor': 'minor', 'semver:none': 'none' })
        .meta({ description: 'Bumps by label of the pull request; the highest wins.' }),
      'issue-types': z
        .record(z.string(), bump)
        .default({ Story: 'minor', Bug: 'patch' })
        .meta({ description: "Bumps by the issue's type in Jira." }),
    })
    .prefault({})
    .meta({ description: 'Which part of the version a merge raises.' }),
  checks: checks
    .default('all')
    .meta({ description: 'What must be green on the merge commit before the tag is made; [] waits for nothing.' }),
})

const transitions = z.strictObject({
  branch: status.meta({ description: 'After the first push of the branch.' }),
  'pull-request': status.meta({ description: 'After the pull request was opened.' }),
  merged: status.meta({ description: 'After the merge.' }),
  staging: status.meta({ description: 'After a deployment to an environment of type staging.' }),
  production: status.meta({ description: 'After a deployment to an environment of type production.' }),
  'rolled-back': status.meta({ description: 'After a rollback.' }),
})

const jira = z.strictObject({
  panels: z
    .strictObject({
      development: panel.default('auto').meta({ description: 'Branches and pull requests.' }),
      builds: panel.default('auto').meta({ description: 'Checks, as builds.' }),
      deployments: panel.default('auto').meta({ description: 'Deployments.' }),
    })
    .prefault({})
    .meta({ description: "What the issue's panels show; auto is on when the credentials allow it." }),
  transitions: transitions
    .prefault({})
    .meta({ description: 'The status an issue is moved to when its change gets somewhere; null moves nothing.' }),
  'fix-version': z.boolean().default(false).meta({ description: "Set the issue's fix version to the release." }),
  comment: z.boolean().default(true).meta({ description: 'One living comment for each issue and pull request.' }),
})

/** The one source of the configuration's types and defaults. An absent `release` or `environments` is off. */
export const configSchema = z.strictObject({
  version: z.literal(1).meta({ description: "The version of this file's format." }),
  mode: z.enum(['enforce', 'report']).default('enforce').meta({
    description:
      'report: every verdict is neutral and says what it would be; nothing is blocked, tagged, deployed, or written to Jira.',
  }),
  'policy-owners': z
    .array(person)
    .default([])
    .meta({
      description: 'If given, a pull request that touches this file also needs an approval by one of them.',
      examples: [['@acme/platform']],
    }),
  issues: issues.meta({ description: 'Which issues count, and what is asked of them.' }),
  branches: branches.prefault({}).meta({ description: 'How branches are named.' }),
  merge: merge.prefault({}).meta({ description: 'The gate: what a pull request needs before it can be merged.' }),
  release: release
    .optional()
    .meta({ description: 'How merges become versions. Without this section nothing is tagged.' }),
  environments: z
    .array(environment)
    .superRefine(eachNameOnce)
    .default([])
    .meta({
      description:
        'Where versions go, in order: each gets only what succeeded in the one before it. Without this section nothing is deployed.',
      examples: [
        [
          { name: 'staging', type: 'staging', deploy: 'auto' },
          { name: 'production', type: 'production', deploy: 'manual', promoters: ['@acme/analysts'] },
        ],
      ],
    }),
  jira: jira.prefault({}).meta({ description: 'What is written to Jira.' }),
})

/** What may stand in a file: only an organisation's defaults may lock keys. */
export const fileSchema = configSchema.extend({
  locked: z
    .array(z.string().min(1))
    .optional()
    .meta({
      description:
        "Only in the organisation's defaults: keys or sections that its repositories may make stricter and nothing else.",
      examples: [['merge.approvals', 'environments']],
    }),
})

/** GitHub does not tell names of environments apart by case. */
function eachNameOnce(
  environments: readonly { readonly name: string }[],
  context: { addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void },
): void {
  const names = environments.map((one) => one.name.toLowerCase())
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) === at) continue
    context.addIssue({
      code: 'custom',
      path: [at, 'name'],
      message: `is used twice (${name}); name each environment once`,
    })
  }
}

export type Config = Readonly<z.output<typeof configSchema>>
export type Bump = z.output<typeof bump>
