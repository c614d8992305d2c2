import type { Client } from 'jira.js/core'
import type { MoveIssue } from '../model/issue-action.ts'
import { sameName } from '../model/same-name.ts'
import type { ActionOutcome } from './act.ts'
import { fitText } from './fit.ts'
import { type Json, listOf, objectOf } from './json.ts'
import { doTransition, getIssue, getTransitions } from './library.ts'

/**
 * Brings an issue to a status. One that is there already is left alone. Waybill never guesses: of none, or several, ways
 * that lead there it takes none, and it fills in no field that the way asks for.
 */
export async function moveIssue(client: Client, action: MoveIssue): Promise<ActionOutcome> {
  const { issueKey: issueIdOrKey, target } = action
  const issue: unknown = await getIssue(client, { issueIdOrKey, fields: ['status'] })
  const { status } = objectOf(objectOf(issue)['fields'])
  if (isNamed(status, target)) return { kind: 'did', done: isDone(status) }
  const answer: unknown = await getTransitions(client, { issueIdOrKey, expand: 'transitions.fields' })
  const ways = listOf(objectOf(answer)['transitions'])
    .map(objectOf)
    .filter((one) => one['isAvailable'] !== false && isNamed(one['to'], target))
  const [way, other] = ways
  const from = fitText(String(objectOf(status)['name'] ?? ''), 60, 'its status')
  if (way === undefined) return refused(`no transition leads from ${from} to ${target}`)
  if (other !== undefined) return refused(`several transitions lead from ${from} to ${target}: ${namesOf(ways)}`)
  const asked = requiredFields(way)
  if (asked.length > 0)
    return refused(`the transition to ${target} asks for ${asked.join(', ')}, which only a person can fill in`)
  const { id } = way
  if (typeof id !== 'string') return refused('Jira names its transitions in a way that Waybill does not understand')
  const description = fitText(action.because, 255, action.station)
  await doTransition(client, { issueIdOrKey, transition: { id }, historyMetadata: { type: 'waybill', description } })
  return { kind: 'did', done: isDone(way['to']) }
}

function refused(cause: string): ActionOutcome {
  return { kind: 'refused', cause }
}

function isNamed(status: unknown, target: string): boolean {
  const { name, id } = objectOf(status)
  return sameName(String(name), target) || id === target
}

function isDone(status: unknown): boolean {
  return objectOf(objectOf(status)['statusCategory'])['key'] === 'done'
}

function namesOf(ways: readonly Json[]): string {
  return ways.map(({ name }) => fitText(String(name), 60, 'one without a name')).join(', ')
}

function requiredFields({ fields }: Json): readonly string[] {
  return Object.entries(objectOf(fields)).flatMap(([key, value]) => {
    const { required, hasDefaultValue, name } = objectOf(value)
    return required === true && hasDefaultValue !== true ? [fitText(String(name ?? key), 60, key)] : []
  })
}
