import type { CheckState } from '../model/check.ts'
import { child, childOrNull, integer, isJson, type Json, list, text, textOrNull } from './json.ts'
import { runState } from './parse-checks.ts'

/** What the newest run of our gate on a pull request's head (`judged`) concluded; null without one that is completed. */
export function parseGate(pull: Json): CheckState | null {
  const state = gateState(pull)
  return state === 'in_progress' || state === 'queued' ? null : state
}

/** How that newest run stands; null where GitHub shows none. */
export function gateState(pull: Json): CheckState | null {
  const commits = nodesOf(child(pull, 'judged')).map((node) => child(node, 'commit'))
  const suites = commits.flatMap((commit) => {
    const found = childOrNull(commit, 'checkSuites')
    return found === null ? [] : nodesOf(found)
  })
  const runs = suites.flatMap((suite) => {
    const found = childOrNull(suite, 'checkRuns')
    return found === null ? [] : nodesOf(found)
  })
  const [newest] = runs.toSorted((a, b) => integer(b, 'databaseId') - integer(a, 'databaseId'))
  return newest === undefined ? null : runState(text(newest, 'status'), textOrNull(newest, 'conclusion'))
}

function nodesOf(page: Json): readonly Json[] {
  return list(page, 'nodes').filter(isJson)
}
