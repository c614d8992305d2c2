import type { Lookup } from '../model/lookup.ts'
import { absent, found, unknown } from '../model/lookup.ts'
import { childOrNull, connection, integer, type Json } from './json.ts'

export type Person = { readonly id: number; readonly login: string }

/** `@org/team`, or null for a user's login and for the words that stand for people. */
export function parseTeamName(name: string): { readonly org: string; readonly slug: string } | null {
  const match = /^@([^/\s]+)\/([^/\s]+)$/.exec(name)
  return match?.[1] === undefined || match[2] === undefined ? null : { org: match[1], slug: match[2] }
}

/** A team's answer in `WaybillTeams`; `many` when its first page does not hold all members. */
export type TeamRead = Lookup<readonly number[]> | { readonly kind: 'many' }

/** The ids of `people` in the team under `team{index}`. A team GitHub does not show is never an empty one. */
export function parseTeam(
  data: Json,
  at: { readonly index: number; readonly missed: ReadonlyMap<string, string>; readonly people: readonly Person[] },
): TeamRead {
  const key = `team${at.index}`
  const error = [...at.missed.keys()].find((path) => path === key || path.startsWith(`${key}.`))
  if (error !== undefined) return unknown('GitHub does not show the team; the App needs the permission Members: read')
  const organization = childOrNull(data, key)
  const team = organization === null ? null : childOrNull(organization, 'team')
  if (team === null) return absent
  const members = connection(team, 'members')
  if (!members.complete) return { kind: 'many' }
  const ids = new Set(members.nodes.map((node) => integer(node, 'databaseId')))
  return found(at.people.map((person) => person.id).filter((id) => ids.has(id)))
}
