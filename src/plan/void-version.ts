import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'

/** Gives a burned version up, in the audit log first: the next name is taken instead. */
export function voidVersion({ ref }: Pick<LineSnapshot, 'ref'>, tag: string, cause: string): readonly Effect[] {
  const entry = {
    key: `void:${tag}`,
    action: 'void' as const,
    actor: null,
    subject: ref.branch,
    version: tag,
    sha: null,
    environment: null,
    reason: 'an immutable release had this name: GitHub never gives it out again',
    evidence: [cause],
  }
  return [
    { kind: 'audit', entry },
    { kind: 'void-version', tag },
  ]
}
