import type { PullSnapshot } from '../model/pull.ts'
import { outcomeOf, type PullVerdict } from '../model/verdict.ts'
import { upcomingRelease } from '../rules/upcoming-release.ts'
import { upcomingReleaseNote } from '../words/upcoming-release.ts'
import type { Aside } from './post-check.ts'

/**
 * Which version the pull request that is shown would become. A gate that passes is answered anew when the line goes on;
 * any other says it with its next answer, so that a release does not rewrite every gate.
 */
export function versionAside(verdict: PullVerdict, shown: PullSnapshot | null): Aside {
  const upcoming = shown === null ? null : upcomingRelease(shown)
  if (verdict.kind !== 'judged' || upcoming === null) return { line: '', alarming: false }
  return { line: upcomingReleaseNote(upcoming), alarming: outcomeOf(verdict.findings) === 'passes' }
}
