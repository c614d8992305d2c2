import type { Config, People } from './config-schema.ts'

/**
 * The users a configuration names anywhere, each once, in small letters (to GitHub a login is the same in either). Teams
 * (`@org/team`) and Apps (`slug[bot]`) are not among them.
 */
export function namedLogins({ merge, environments, 'policy-owners': owners }: Config): readonly string[] {
  const lists: readonly (People | undefined)[] = [
    owners,
    merge.approvers,
    merge.overriders,
    ...environments.flatMap(({ promoters, emergency, reporters }) => [promoters, emergency, reporters]),
  ]
  const names = lists.flatMap((people) => (typeof people === 'object' ? people : []))
  return [...new Set(names.filter(isLogin).map((name) => name.toLowerCase()))].toSorted()
}

/** One entry of a list of people: neither a team nor an App. */
export function isLogin(entry: string): boolean {
  return !entry.startsWith('@') && !entry.endsWith('[bot]')
}
