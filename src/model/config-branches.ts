import { z } from 'zod'
import { longestPattern, patternProblem } from './branch-name.ts'
import { globs } from './config-parts.ts'

/** Each is compiled to see whether it can be, so no more of them than are taken. */
const mostPatterns = 20

const patterns = z
  .array(z.string().min(1).max(longestPattern))
  .min(1)
  .max(mostPatterns, { error: `must be ${mostPatterns} patterns at most` })
  .superRefine((values, context) => {
    for (const [at, value] of values.slice(0, mostPatterns).entries()) {
      const problem = value.length > longestPattern ? null : patternProblem(value)
      if (problem === null) continue
      context.addIssue({ code: 'custom', path: [at], message: `can't be used as a pattern: ${problem}` })
    }
  })

/** The section `branches`: how branches are named. */
export const branches = z.strictObject({
  pattern: patterns.default(['{key}-{slug}', '{type}/{key}-{slug}']).meta({
    description:
      'The shapes a branch name may have. {key} is an issue key, {slug} letters, digits, ".", "_" and "-", {type} one of branches.types; the rest is an RE2 expression, matched as a whole.',
  }),
  types: z
    .array(z.string().min(1))
    .default(['feature', 'feat', 'bugfix', 'fix', 'hotfix', 'chore'])
    .meta({ description: 'What {type} may be.' }),
  exempt: globs
    .default(['dependabot/**', 'renovate/**'])
    .meta({ description: 'Branches that need no issue, as globs; only when a bot pushed them.' }),
})
