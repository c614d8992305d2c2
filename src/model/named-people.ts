import type { Config, People } from './config-schema.ts'

/** The users and teams a configuration names anywhere, each once, as they are written. Apps (`slug[bot]`) are not among them. */
export function namedPeople({ merge, environments, 'policy-owners': owners }: Config): readonly string[] {
  const lists: readonly (People | undefined)[] = [
    owners,
    merge.approvers,
    merge.overriders,
    ...environments.flatMap(({ promoters, emergency, reporters }) => [promoters, emergency, reporters]),
  ]
  const names = lists.flatMap((people) => (typeof people === 'object' ? people : []))
  return [...new Set(names)].filter((name) => !name.endsWith('[bot]'))
}
