import { z } from 'zod'
import { longestPattern, patternProblem } from './branch-name.ts'

const person = z
  .string()
  .regex(/^(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99}|@[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9][A-Za-z0-9._-]{0,99})$/, {
    error: 'must be a user (`octocat`) or a team (`@org/team`)',
  })
const people = z.union([z.enum(['write-access', 'nobody']), z.array(person).min(1)], {
  error: 'must be write-access, nobody, or a list of users and teams: [octocat, "@org/team"]',
})
const inUnits = { error: 'must be a number with a unit, such as 30s, 60m, 4h or 7d' }
const duration = z.string(inUnits).regex(/^\d{1,5}[smhd]$/, inUnits)
const glob = z.string().min(1).max(255)
const check = z.union([glob, z.strictObject({ name: glob, app: z.string().min(1) })], {
  error: 'must be the name of a check, a glob, or {name: build, app: github-actions}',
})
const checks = z.union([z.enum(['all', 'required']), z.array(check)], {
  error: 'must be all, required, or a list of checks: [build, "test *"]',
})
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
    .min(1),
  verify: z.boolean().default(true),
  statuses: z.array(z.string().min(1)).default([]),
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
  pattern: z.array(pattern).min(1).default(['{key}-{slug}', '{type}/{key}-{slug}']),
  types: z.array(z.string().min(1)).default(['feature', 'feat', 'bugfix', 'fix', 'hotfix', 'chore']),
  exempt: z.array(glob).default(['dependabot/**', 'renovate/**']),
})

const merge = z.strictObject({
  into: z.array(z.string().min(1)).min(1).optional(),
  approvals: z.int().min(0).max(10).default(1),
  approvers: people.default('write-access'),
  checks: checks.default('all'),
  'ignore-checks': z.array(glob).default([]),
  settle: duration.default('30s'),
  'report-within': duration.default('60m'),
  neutral: verdict.default('pass'),
  skipped: verdict.default('pass'),
  'red-line': z.enum(['block', 'warn']).default('block'),
  'one-issue': z.boolean().default(true),
  'unknown-authors': z.enum(['block', 'ignore']).default('block'),
  overriders: people.default('nobody'),
})

const release = z.strictObject({
  tag: z
    .string()
    .regex(/^(?!\/|-|\.)(?!.*(?:\/\/|\.\.|\/\.))[\w./-]*\{version\}(?:[\w./-]*[\w-])?$/, {
      error: 'must be a tag name that holds {version} once, such as v{version} or shop/{version}',
    })
    .default('v{version}'),
  'initial-version': z
    .string()
    .regex(/^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/, { error: 'must be a version such as 0.1.0' })
    .default('0.1.0'),
  bump: z
    .strictObject({
      default: bump.default('patch'),
      labels: z
        .record(z.string(), bump)
        .default({ 'semver:major': 'major', 'semver:minor': 'minor', 'semver:none': 'none' }),
      'issue-types': z.record(z.string(), bump).default({ Story: 'minor', Bug: 'patch' }),
    })
    .prefault({}),
  checks: checks.default('all'),
})

const freeze = z.strictObject({ from: z.string(), to: z.string(), timezone: z.string(), reason: z.string() })

const environment = z
  .strictObject({
    name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,254}$/u, {
      error: 'must be a name of letters, digits, ".", "_", "-" and "/", such as production',
    }),
    type: z.enum(['development', 'testing', 'staging', 'production']),
    kind: z.enum(['stage', 'rush']).default('stage'),
    deploy: z.enum(['auto', 'manual']).default('manual'),
    queue: z.enum(['every', 'newest']).default('every'),
    promoters: people.optional(),
    'sign-offs': z.int().min(1).max(10).default(1),
    'separation-of-duties': z.boolean().default(true),
    checks: z.array(check).default([]),
    soak: duration.default('0s'),
    lease: duration.default('4h'),
    timeout: duration.default('60m'),
    reporters: people.default('write-access'),
    emergency: people.default('nobody'),
    freeze: z.array(freeze).default([]),
  })
  .refine((value) => value.kind === 'rush' || value.deploy === 'auto' || value.promoters !== undefined, {
    path: ['promoters'],
    error: 'is required where deploy is manual: list users and teams such as ["@org/team"], or write-access',
  })

const jira = z.strictObject({
  panels: z
    .strictObject({
      development: panel.default('auto'),
      builds: panel.default('auto'),
      deployments: panel.default('auto'),
    })
    .prefault({}),
  transitions: z
    .strictObject({
      branch: status,
      'pull-request': status,
      merged: status,
      staging: status,
      production: status,
      'rolled-back': status,
    })
    .prefault({}),
  'fix-version': z.boolean().default(false),
  comment: z.boolean().default(true),
})

/** The one source of the configuration's types and defaults. An absent `release` or `environments` is off. */
export const configSchema = z.strictObject({
  version: z.literal(1),
  mode: z.enum(['enforce', 'report']).default('enforce'),
  'policy-owners': z.array(z.string().min(1)).default([]),
  issues,
  branches: branches.prefault({}),
  merge: merge.prefault({}),
  release: release.optional(),
  environments: z.array(environment).superRefine(eachNameOnce).default([]),
  jira: jira.prefault({}),
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
export type Environment = Readonly<Config['environments'][number]>
export type People = z.output<typeof people>
export type ChecksWanted = z.output<typeof checks>
export type Bump = z.output<typeof bump>
