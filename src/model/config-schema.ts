import { z } from 'zod'
import { branches } from './config-branches.ts'
import { environment } from './config-environment.ts'
import { issues } from './config-issues.ts'
import { jira } from './config-jira.ts'
import { merge } from './config-merge.ts'
import { person } from './config-parts.ts'
import { release } from './config-release.ts'

export type { Environment } from './config-environment.ts'
export type { ChecksWanted, People } from './config-parts.ts'
export type { Bump } from './config-release.ts'

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
