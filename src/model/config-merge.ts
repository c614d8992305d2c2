import { z } from 'zod'
import { branchName, checks, duration, globs, people } from './config-parts.ts'
import { globMatches } from './glob.ts'

const verdict = z.enum(['pass', 'block'])

/** The section `merge`: what a pull request needs before it can be merged. */
export const merge = z
  .strictObject({
    into: z
      .array(branchName)
      .min(1)
      .optional()
      .meta({
        description:
          'The gated branches, by name, without globs; without it the default branch. The first one is the line that is released. The file on each branch judges what goes into it.',
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
    'ignore-checks': globs
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
    'one-issue': z.boolean().default(true).meta({
      description:
        "A pull request carries one issue: its branch names no other, and neither its title nor a commit's first line begins with another.",
    }),
    'unknown-authors': z
      .enum(['block', 'ignore'])
      .default('block')
      .meta({ description: 'Commits whose e-mail belongs to no account and is not in .mailmap.' }),
    overriders: people
      .default('nobody')
      .meta({ description: 'Who may let one commit pass with /waybill override and a reason.' }),
  })
  // Both at once would wait for ever: what is ignored never counts as reported.
  .superRefine(({ checks, 'ignore-checks': ignored }, context) => {
    const named = typeof checks === 'string' ? [] : checks.map((one) => (typeof one === 'string' ? one : one.name))
    for (const [at, pattern] of ignored.entries()) {
      const message = ignoresNamed(pattern, named)
      if (message !== null) context.addIssue({ code: 'custom', path: ['ignore-checks', at], message })
    }
  })

function ignoresNamed(pattern: string, named: readonly string[]): string | null {
  if (named.includes(pattern)) return 'is asked for by merge.checks too; take it out of one of the two'
  const both = named.find((name) => globMatches(pattern, name, null))
  return both === undefined ? null : `takes in ${both}, which merge.checks asks for; take it out of one of the two`
}
