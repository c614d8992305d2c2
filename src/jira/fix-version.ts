import type { Client } from 'jira.js/core'
import type { AddVersion, ReleaseVersion } from '../model/issue-action.ts'
import { sameName } from '../model/same-name.ts'
import type { ActionOutcome } from './act.ts'
import { fitText } from './fit.ts'
import { type Json, listOf, objectOf } from './json.ts'
import { createVersion, editIssue, getIssue, getProjectVersionsPaginated, updateVersion } from './library.ts'
import { permissionFor } from './permission-for.ts'
import { JiraTrouble } from './trouble.ts'

/** Gives an issue a fix version beside those it has; the version is made where the project has none of that name. */
export async function addVersion(client: Client, action: AddVersion): Promise<ActionOutcome> {
  const { issueKey: issueIdOrKey } = action
  const name = fitText(action.name, 255, 'version')
  const issue: unknown = await getIssue(client, { issueIdOrKey, fields: ['project', 'fixVersions'] })
  const { project, fixVersions } = objectOf(objectOf(issue)['fields'])
  if (listOf(fixVersions).some((one) => isNamed(one, name))) return { kind: 'did' }
  const version = await findOrMake(client, objectOf(project), { name, description: action.description })
  if (version === 'not-allowed') {
    return { kind: 'refused', cause: `Jira does not let Waybill make ${name}; ${permissionFor('add-version')}` }
  }
  if (version?.['archived'] === true) {
    return { kind: 'refused', cause: `the version ${name} is archived in Jira; take it out of the archive` }
  }
  const id = version === null ? null : idOf(version)
  if (id === null) return { kind: 'refused', cause: `Jira did not say which version ${name} is` }
  await editIssue(client, { issueIdOrKey, update: { fixVersions: [{ add: { id } }] }, notifyUsers: false })
  return { kind: 'did', written: id }
}

/** Releases a version. One that is gone, or is released already, is left as it is. */
export async function releaseVersion(client: Client, action: ReleaseVersion): Promise<ActionOutcome> {
  const name = fitText(action.name, 255, 'version')
  const projectKey = action.issueKey.slice(0, action.issueKey.lastIndexOf('-'))
  const version = (await find(client, projectKey, name)) ?? (await findWhereItIs(client, action, name))
  if (version === null) return { kind: 'early', cause: `${projectKey} has no version ${name}` }
  if (version['released'] === true) return { kind: 'did' }
  const { id } = version
  if (typeof id !== 'string' || !/^\d{1,20}$/.test(id)) return { kind: 'refused', cause: `Jira gave ${name} no number` }
  try {
    await updateVersion(client, { id, body: { released: true, releaseDate: action.date } })
    return { kind: 'did', written: id }
  } catch (error) {
    if (!isAbsence(error)) throw error
    return { kind: 'refused', cause: `Jira does not let Waybill release ${name}; ${permissionFor('release-version')}` }
  }
}

/** The issue may have been in another project already when it got the version. */
async function findWhereItIs(client: Client, { issueKey }: ReleaseVersion, name: string): Promise<Json | null> {
  const issue: unknown = await getIssue(client, { issueIdOrKey: issueKey, fields: ['project'] })
  const key = String(objectOf(objectOf(objectOf(issue)['fields'])['project'])['key'])
  return projectKeyShape.test(key) && !issueKey.startsWith(`${key}-`) ? find(client, key, name) : null
}

const projectKeyShape = /^[A-Z][A-Z0-9_]{1,254}$/

type NewVersion = { readonly name: string; readonly description: string }

async function findOrMake(
  client: Client,
  project: Json,
  { name, description }: NewVersion,
): Promise<Json | 'not-allowed' | null> {
  const key = String(project['key'])
  if (!projectKeyShape.test(key)) return null
  const there = await find(client, key, name)
  if (there !== null) return there
  const version = { projectId: Number(project['id']), name, description: fitText(description, 1000, name) }
  try {
    return objectOf(await createVersion(client, { ...version, released: false }))
  } catch (error) {
    // The project was there a moment ago: Jira hides from an account what it may not change.
    if (isAbsence(error)) return 'not-allowed'
    if (!(error instanceof JiraTrouble) || error.trouble.kind === 'lost' || error.trouble.status !== 400) throw error
    // Somebody was faster, and it is there now; or else Jira has its reason.
    const made = await find(client, key, name)
    if (made === null) throw error
    return made
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' && error.trouble.absence
}

/** How many pages of versions are looked through, of 50 each. */
const mostPages = 40

/** Jira looks for a part of the name or of the description, whatever its case; exactly one has the whole name. */
async function find(client: Client, projectIdOrKey: string, name: string): Promise<Json | null> {
  let startAt = 0
  for (let page = 0; page < mostPages; page++) {
    const asked = { projectIdOrKey, query: name, startAt, maxResults: 50 }
    const answer = objectOf(await getProjectVersionsPaginated(client, asked))
    const values = listOf(answer['values']).map(objectOf)
    const whole = values.find((one) => isNamed(one, name))
    if (whole !== undefined) return whole
    if (values.length === 0 || answer['isLast'] === true) return null
    startAt += values.length
  }
  return null
}

function isNamed(version: unknown, name: string): boolean {
  return sameName(String(objectOf(version)['name']), name)
}

function idOf({ id }: Json): string | null {
  return typeof id === 'string' ? id : null
}
