import { fingerprint } from './fingerprint.ts'

/** A press of a button of ours, which exists nowhere but in the delivery that told of it. */
export type Press = {
  /** GitHub's `X-GitHub-Delivery`: the same however often it is delivered. */
  readonly delivery: string
  readonly checkRun: number
  /** The commit that the check stands on. */
  readonly sha: string
  readonly identifier: string
}

/** What GitHub's own record of a delivery says of a press. */
export type PressSeen = Pick<Press, 'checkRun' | 'sha' | 'identifier'> & {
  readonly senderId: number
  readonly repositoryId: number
  /** When it was first delivered (ms, UTC). */
  readonly at: number
}

/** A press older than this when its record is first read does not count (ms). */
export const pressCounts = 15 * 60_000

const prefix = 'promote:'

/** The identifier of the button that promotes to an environment: at most 20 characters (GitHub's limit). */
export function promoteIdentifier(environment: string): string {
  const room = 20 - prefix.length
  return prefix + (environment.length <= room ? environment : fingerprint(environment).slice(0, room))
}

export function isPromoteIdentifier(identifier: string): boolean {
  return identifier.startsWith(prefix) && identifier.length <= 20
}
