import { z } from 'zod'
import { duration, namedChecks, type People, people, reporters } from './config-parts.ts'
import { freezeProblem } from './freeze.ts'

const freeze = z
  .strictObject({
    from: z.string().meta({
      description: 'When it begins: a weekday and a time, every week; or a date, with or without a time.',
      examples: ['Fri 16:00', '2026-12-24', '2026-12-24 18:00'],
    }),
    to: z.string().meta({
      description: 'When it ends, written the same way; a date without a time belongs to the freeze.',
      examples: ['Mon 08:00', '2027-01-01'],
    }),
    timezone: z
      .string()
      .meta({ description: 'The time zone of both, by its IANA name.', examples: ['Australia/Sydney', 'UTC'] }),
    reason: z.string().meta({ description: 'What people are told meanwhile.', examples: ['weekend'] }),
  })
  .superRefine((window, context) => {
    const problem = freezeProblem(window)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({ description: 'A time in which nothing is promoted; a rollback passes.' })

/** One environment. What the schema alone can't say: a person must be named where people promote. */
export const environment = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,254}$/u, {
        error: 'must be a name of letters, digits, ".", "_", "-" and "/", such as production',
      })
      .meta({ description: "The environment's name on GitHub.", examples: ['staging', 'production'] }),
    type: z
      .enum(['development', 'testing', 'staging', 'production'])
      .meta({ description: 'What kind of environment Jira shows it as.' }),
    kind: z.enum(['stage', 'rush']).default('stage').meta({
      description:
        'stage: one of the steps, in the order of the list. rush: a shared try-out box for unmerged branches, outside the order and never production.',
    }),
    deploy: z
      .enum(['auto', 'manual'])
      .default('manual')
      .meta({ description: 'auto: a version goes there by itself. manual: when a promoter asks for it.' }),
    queue: z.enum(['every', 'newest']).default('every').meta({
      description: 'every: one version at a time, none skipped. newest: waiting ones are superseded, and named.',
    }),
    promoters: people.optional().meta({
      description: 'Who may promote to it; required where deploy is manual.',
      examples: [['@acme/analysts']],
    }),
    'sign-offs': z
      .int()
      .min(1)
      .max(10)
      .default(1)
      .meta({ description: 'How many promoters must agree; whoever asks is one of them.' }),
    'separation-of-duties': z
      .boolean()
      .default(true)
      .meta({ description: 'Nobody promotes what they wrote part of. false gives that up.' }),
    checks: namedChecks.default([]).meta({
      description: "Checks that must be green on the version's commit before it goes there.",
      examples: [['e2e-staging']],
    }),
    soak: duration.default('0s').meta({
      description: 'How long a version must be live in the environment before, unbroken.',
      examples: ['30m', '1d'],
    }),
    lease: duration.default('4h').meta({ description: 'How long a rush box is kept for one pull request.' }),
    timeout: duration.default('60m').meta({ description: 'Silence after which a deployment counts as an error.' }),
    reporters: reporters.default('write-access').meta({
      description: 'Whose deployment statuses count; an App is written as `slug[bot]`.',
    }),
    emergency: people.default('nobody').meta({
      description:
        'Who may skip soak and freeze with --emergency and a reason; never the order, nor the separation of duties.',
    }),
    freeze: z.array(freeze).default([]).meta({ description: 'When nothing is promoted.' }),
  })
  .refine((value) => value.kind === 'rush' || value.deploy === 'auto' || value.promoters !== undefined, {
    path: ['promoters'],
    error: 'is required where deploy is manual: list users and teams such as ["@org/team"], or write-access',
  })
  .refine((value) => mostSignOffs(value.promoters) >= value['sign-offs'], {
    path: ['sign-offs'],
    error: 'asks for more people than `promoters` names: name more of them, or a team',
  })
  .refine((value) => value.kind === 'stage' || value.type !== 'production', {
    path: ['type'],
    error: 'a rush box takes unmerged branches, so it is never production: name testing, development or staging',
  })
  .meta({
    anyOf: [
      { required: ['promoters'] },
      { required: ['deploy'], properties: { deploy: { const: 'auto' } } },
      { required: ['kind'], properties: { kind: { const: 'rush' } } },
    ],
    not: { required: ['kind'], properties: { kind: { const: 'rush' }, type: { const: 'production' } } },
  })

export type Environment = Readonly<z.output<typeof environment>>

/** How many people may agree at most, as far as the names tell: each person once, a team as many as it takes. */
function mostSignOffs(promoters: People | undefined): number {
  if (promoters === undefined || typeof promoters === 'string') return Number.POSITIVE_INFINITY
  const isTeam = promoters.some((name) => name.startsWith('@'))
  return isTeam ? Number.POSITIVE_INFINITY : new Set(promoters.map((name) => name.toLowerCase())).size
}
