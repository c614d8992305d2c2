import { type Pace, usualPace } from '../src/github/pace.ts'

/** For tests that meet many failures: what a sandbox on this machine does not do at once, it does not do at all. */
export const hastyPace: Pace = {
  ...usualPace,
  timeout: 500,
  pauses: [20, 100],
  lag: 100,
  outages: [100, 200, 400],
  unnamed: 300,
  unfinished: 100,
}
