import { z } from 'zod'

const people = z.union([z.enum(['write-access', 'nobody']), z.array(z.string().min(1)).min(1)])
const duration = z.string().regex(/^\d{1,5}[smhd]$/)
const check = z.union([z.string().min(1), z.strictObject({ name: z.string().min(1), app: z.string().min(1) })])
const checks = z.union([z.enum(['all', 'required']), z.array(check)])
const bump = z.enum(['major', 'minor', 'patch', 'none'])
const verdict = z.enum(['pass', 'block'])
const panel = z.enum(['auto', 'on', 'off'])
const status = z.string().min(1).nullable().default(null)

const issues = z.strictObject({
  projects: z.array(z.string().regex(/^[A-Z][A-Z0-9_]{1,254}$/)).min(1),
  verify: z.boolean().default(true),
  statuses: z.array(z.string().min(1)).default([]),
})

const branches = z.strictObject({
  pattern: z.array(z.string().min(1).max(512)).min(1).default(['{key}-{slug}', '{type}/{key}-{slug}']),
  types: z.array(z.string().min(1)).default(['feature', 'feat', 'bugfix', 'fix', 'hotfix', 'chore']),
  exempt: z.array(z.string().min(1).max(512)).default(['dependabot/**', 'renovate/**']),
})

const merge = z.strictObject({
  into: z.array(z.string().min(1)).min(1).optional(),
  approvals: z.int().min(0).max(10).default(1),
  approvers: people.default('write-access'),
  checks: checks.default('all'),
  'ignore-checks': z.array(z.string().min(1)).default([]),
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
    .regex(/^[^{}]*\{version\}[^{}]*$/)
    .default('v{version}'),
  'initial-version': z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
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
    name: z.string().min(1).max(255),
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
    error: 'is required where deploy is manual: list users and @org/team, or write-access',
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
  environments: z.array(environment).default([]),
  jira: jira.prefault({}),
})

export type Config = Readonly<z.output<typeof configSchema>>
export type Environment = Readonly<Config['environments'][number]>
export type People = z.output<typeof people>
export type ChecksWanted = z.output<typeof checks>
export type Bump = z.output<typeof bump>
