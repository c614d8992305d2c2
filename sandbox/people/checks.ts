import { eventually } from '../eventually.ts'
import type { Call } from './call.ts'
import { asItems, asJson, itemsAt, type Json, numberAt, textAt } from './json.ts'
import type { Person, Place } from './place.ts'

export type CheckShown = {
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly title: string
  readonly summary: string
  readonly text: string
}

export function checks(place: Place, call: Call) {
  return {
    /** The newest check run of that name on a commit, as GitHub shows it, or null. */
    async check(sha: string, name: string): Promise<CheckShown | null> {
      const listed = await call(
        'developer',
        `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}&filter=latest`,
      )
      const [newest] = itemsAt(listed, 'check_runs').toSorted((a, b) => numberAt(b, 'id') - numberAt(a, 'id'))
      return newest === undefined ? null : checkOf(newest)
    },
    /** Presses a button of the newest check of that name. */
    async press(who: Person, sha: string, name: string, identifier: string): Promise<void> {
      const listed = await call(
        'developer',
        `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}`,
      )
      const ids = itemsAt(listed, 'check_runs').map((run) => numberAt(run, 'id'))
      const order = { repository: place.repository, check_run_id: Math.max(...ids), identifier }
      await call(who, 'POST /_sandbox/press', order)
    },
    /** What the newest check of that name says about lines, as `PATH:LINE message`. */
    async annotations(sha: string, name: string): Promise<readonly string[]> {
      const listed = await call(
        'developer',
        `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}`,
      )
      const [newest] = itemsAt(listed, 'check_runs').toSorted((a, b) => numberAt(b, 'id') - numberAt(a, 'id'))
      if (newest === undefined) return []
      const annotations = await call('developer', `GET :repo/check-runs/${numberAt(newest, 'id')}/annotations`)
      return asItems(annotations).map((one) => {
        return `${textAt(one, 'path')}:${numberAt(one, 'start_line')} ${textAt(one, 'message')}`
      })
    },
    /** Waits until the newest check of that name satisfies. */
    async checkIs(sha: string, name: string, is: (check: CheckShown) => boolean): Promise<CheckShown> {
      return eventually(`${name} on ${sha.slice(0, 7)}`, async () => {
        const check = await this.check(sha, name)
        if (check === null || !is(check))
          throw new Error(check === null ? 'no such check' : `${check.status} ${check.conclusion}: ${check.title}`)
        return check
      })
    },
  }
}

function checkOf(run: Json): CheckShown {
  const output = asJson(run['output'])
  const conclusion = run['conclusion']
  return {
    name: textAt(run, 'name'),
    status: textAt(run, 'status'),
    conclusion: typeof conclusion === 'string' ? conclusion : null,
    title: textAt(output, 'title'),
    summary: textAt(output, 'summary'),
    text: textAt(output, 'text'),
  }
}
