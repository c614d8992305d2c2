import { z } from 'zod'
import { longestPattern, patternProblem } from './branch-name.ts'
import { glob } from './config-parts.ts'

const pattern = z
  .string()
  .min(1)
  .max(longestPattern)
  .superRefine((value, context) => {
    const problem = value.length > longestPattern ? null : patternProblem(value)
    if (problem !== null) context.addIssue({ code: 'custom', message: `can't be used as a pattern: ${problem}` })
  })

/** The section `branches`: how branches are named. */
export const branches = z.strictObject({
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
