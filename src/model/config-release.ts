import { z } from 'zod'
import { checks } from './config-parts.ts'

const bump = z.enum(['major', 'minor', 'patch', 'none'])

/** The section `release`: how merges become versions. */
export const release = z.strictObject({
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

/** Which part of a version a change raises. */
export type Bump = z.output<typeof bump>
