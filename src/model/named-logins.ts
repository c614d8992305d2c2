import type { Config } from './config-schema.ts'
import { namedPeople } from './named-people.ts'

/**
 * The users a configuration names anywhere, each once, in small letters (to GitHub a login is the same in either). Teams
 * (`@org/team`) and Apps (`slug[bot]`) are not among them.
 */
export function namedLogins(config: Config): readonly string[] {
  const logins = namedPeople(config).filter(isLogin)
  return [...new Set(logins.map((name) => name.toLowerCase()))].toSorted()
}

/** One entry of a list of people: neither a team nor an App. */
export function isLogin(entry: string): boolean {
  return !entry.startsWith('@') && !entry.endsWith('[bot]')
}
