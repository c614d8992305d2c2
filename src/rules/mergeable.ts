import type { PullFacts } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'

/** Can git merge it into its base? GitHub needs a moment to find out, and says so. */
export function mergeable({ pull }: Pick<PullFacts, 'pull'>): Answer {
  switch (pull.mergeable) {
    case 'clean':
      return { kind: 'passes', note: { kind: 'no-conflict', base: pull.base } }
    case 'conflict':
      return { kind: 'blocks', reason: { kind: 'conflict', base: pull.base } }
    case 'unknown':
      return { kind: 'waits', reason: { kind: 'mergeable-unknown' } }
  }
}
