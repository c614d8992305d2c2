/** How long the adapter waits for GitHub (all ms). Tests that meet many failures wait less. */
export type Pace = {
  /** One try of a call, connection and whole body. */
  readonly timeout: number
  /** Before each further try of a read. */
  readonly pauses: readonly number[]
  /** After the first, second, … failure in a row to reach GitHub at all; the last one stays. */
  readonly outages: readonly number[]
  /** Before the one further try of what GitHub may not know yet, though it has told us of it: a commit, a pull request. */
  readonly lag: number
  /** Where a secondary limit names no time: GitHub's advice (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
  readonly unnamed: number
  /** After an answer that GitHub could not finish. */
  readonly unfinished: number
}

export const usualPace: Pace = {
  timeout: 10_000,
  pauses: [200, 1000],
  outages: [2000, 5000, 10_000, 20_000, 30_000],
  lag: 1000,
  unnamed: 60_000,
  unfinished: 5000,
}

/** How long a write whose answer was lost may still be on its way, and GitHub's lists behind it: longer than a call may take. */
export function lagOf({ timeout }: Pace): number {
  return timeout + 2000
}
