import { Hono } from 'hono'
import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { badRequest, notFound } from './platform-answers.ts'
import type { JiraState, Version } from './state.ts'

/** Making and changing versions. */
export function versionRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.post('/version', async (c) => {
    const body = jsonObjectAt(await c.req.json())
    const project = state.projects.find((one) => one.id === body['projectId'] || one.key === body['project'])
    if (project === undefined) return notFound(c, 'No project could be found.')
    const version = {
      id: String(state.nextId()),
      projectId: project.id,
      name: '',
      description: '',
      released: false,
      archived: false,
      releaseDate: undefined,
    }
    const errors = change(state, version, { name: '', ...body })
    if (errors !== undefined) return badRequest(c, errors)
    state.versions.push(version)
    return c.json(versionAnswer(version), 201)
  })

  app.put('/version/:id', async (c) => {
    const version = state.versions.find((one) => one.id === c.req.param('id'))
    if (version === undefined) return notFound(c, `Could not find version for id '${c.req.param('id')}'.`)
    const errors = change(state, version, jsonObjectAt(await c.req.json()))
    return errors === undefined ? c.json(versionAnswer(version)) : badRequest(c, errors)
  })

  return app
}

/** As the API shows a version. */
export function versionAnswer({
  id,
  projectId,
  name,
  description,
  released,
  archived,
  releaseDate,
}: Version): JsonObject {
  return { id, projectId, name, description, released, archived, ...(releaseDate === undefined ? {} : { releaseDate }) }
}

/** The errors by field, and nothing changed; or the change. The contract has seen to the types. */
function change(state: JiraState, version: Version, body: JsonObject): JsonObject | undefined {
  const { name, description, released, archived, releaseDate } = body
  if (typeof name === 'string') {
    if (name.trim() === '') return { name: 'You must specify a valid version name' }
    if (name.length > 255) return { name: 'A version name has at most 255 characters.' }
    const others = state.versions.filter((one) => one !== version && one.projectId === version.projectId)
    if (others.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
      return { name: 'A version with this name already exists in this project.' }
    }
    version.name = name
  }
  if (typeof description === 'string') version.description = description
  if (typeof released === 'boolean') version.released = released
  if (typeof archived === 'boolean') version.archived = archived
  if (typeof releaseDate === 'string') version.releaseDate = releaseDate
  return undefined
}
