import { durationOf } from '../model/duration.ts'
import { found } from '../model/lookup.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { judgeChecks } from './checks-pass.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Are the checks this environment asks for green on the version's commit? Until they report, it waits. */
export function environmentChecks({ config, environment, line, version }: PromotionFacts): PromotionAnswer {
  const commit = version.changes.at(-1)?.commits.find(({ sha }) => sha === version.sha)
  if (environment.checks.length === 0 || commit === undefined) return { kind: 'passes' }
  const answer = judgeChecks(commit.checks, {
    wanted: environment.checks,
    required: found([]),
    settleUntil: 0,
    silentAfter: commit.committedAt + durationOf(config.merge['report-within']),
    event: 'push',
    now: line.now,
    neutral: config.merge.neutral,
    skipped: config.merge.skipped,
    ignore: [],
  })
  const named = { kind: 'environment-checks', environment: environment.name, version: version.tag } as const
  switch (answer.kind) {
    case 'passes':
    case 'skips':
      return { kind: 'passes' }
    case 'waits':
      return { kind: 'waits', reason: { ...named, because: answer.reason } }
    case 'blocks':
      return { kind: 'denies', reason: { ...named, because: answer.reason } }
  }
}
