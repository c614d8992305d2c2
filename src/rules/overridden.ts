import type { Override } from '../model/override.ts'
import type { Finding, RuleName } from '../model/verdict.ts'

/** What no word of a person's mends: GitHub itself does not merge a draft or a conflict. */
const states: ReadonlySet<RuleName> = new Set<RuleName>(['ready-for-review', 'mergeable'])

/** The findings with what holds let pass, each marked with what it lacks and who let it. */
export function overridden(findings: readonly Finding[], override: Override | null): readonly Finding[] {
  if (override === null) return findings
  return findings.map((finding) => {
    if (states.has(finding.rule) || (finding.kind !== 'waits' && finding.kind !== 'blocks')) return finding
    const note = { kind: 'overridden', lacks: finding.reason, by: override.by.login, said: override.reason } as const
    return { rule: finding.rule, kind: 'passes', note }
  })
}
