import { globMatches } from '../model/glob.ts'
import { type Diagnosis, type Health, type TagRuleset, tagRules } from '../model/health.ts'
import { versionTag } from '../model/version.ts'

/** Tags of versions of every length: a ruleset that leaves one of them out does not hold them. */
const samples = ['0.1.0', '1.2.3', '10.20.30', '123.0.456']

/** Whether rulesets keep the tags of versions from everybody but this App, as far as GitHub shows it. */
export function diagnoseTags({ app, doors: { tagPattern, tagRulesets } }: Health): readonly Diagnosis[] {
  if (tagPattern === null) return []
  if (tagRulesets === null) return [{ kind: 'tags-unbound', tag: tagPattern, missing: null }]
  const tags = samples.map((version) => versionTag(version, tagPattern))
  const holding = tagRulesets.filter((ruleset) => tags.every((tag) => holds(ruleset, `refs/tags/${tag}`)))
  const missing = tagRules.filter((rule) => !holding.some(({ rules }) => rules.includes(rule)))
  const binding = holding.filter(({ rules }) => tagRules.some((rule) => rules.includes(rule)))
  return [
    ...(missing.length === 0 ? [] : [{ kind: 'tags-unbound', tag: tagPattern, missing } as const]),
    ...binding.flatMap((ruleset) => bypasses(ruleset, app.id)),
  ]
}

function holds({ include, exclude }: TagRuleset, ref: string): boolean {
  // Where GitHub's `**/` stands for no folder at all, it is as good as not there.
  const fits = (pattern: string) => {
    const globs = [pattern, pattern.replaceAll('**/', '')]
    return pattern === '~ALL' || globs.some((glob) => globMatches(glob, ref, '/'))
  }
  return include.some(fits) && !exclude.some(fits)
}

function bypasses({ ownBypass, rules, ...ruleset }: TagRuleset, appId: number): readonly Diagnosis[] {
  const { bypass } = ruleset
  const isOwn = ({ type, id }: { readonly type: string; readonly id: number | null }) => {
    return type === 'Integration' && id === appId
  }
  const closed = rules.includes('creation') && (bypass === null ? ownBypass === false : !bypass.some(isOwn))
  const others = bypass === null ? null : bypass.filter((actor) => !isOwn(actor))
  return [
    ...(closed ? [{ kind: 'tags-closed', ruleset } as const] : []),
    ...(others?.length === 0 ? [] : [{ kind: 'tag-bypass', ruleset, others } as const]),
  ]
}
