import { absent, found } from '../model/lookup.ts'
import type { CheckAnnotation, PostCheck } from '../model/post-check.ts'
import { at, callRest } from './call-rest.ts'
import { integer, isJson, list, record } from './json.ts'
import type { Applies } from './writer.ts'

/** GitHub's limit for a summary and for a text, in characters. */
const longest = 65_535

/** A new check run, or a new answer on one in progress. The external id holds the fingerprint of the answer. */
export const applyCheck: Applies<PostCheck> = {
  write: async ({ octokit, repository, crashpoint }, effect) => {
    const { onto } = effect
    const { data } =
      onto.kind === 'new'
        ? await callRest(octokit, {
            route: 'POST /repos/{owner}/{repo}/check-runs',
            parameters: { ...at(repository), head_sha: effect.sha, ...bodyOf(effect) },
          })
        : await callRest(octokit, {
            route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
            parameters: { ...at(repository), check_run_id: onto.runId, ...bodyOf(effect) },
          })
    crashpoint('check.after-write')
    return { id: integer(record(data, 'check run'), 'id'), sha: effect.sha }
  },
  look: async ({ octokit, repository, app }, effect) => {
    const wanted = externalId(effect)
    const { data } =
      effect.onto.kind === 'new'
        ? await callRest(octokit, {
            route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
            parameters: {
              ...at(repository),
              ref: effect.sha,
              check_name: effect.name,
              app_id: app.id,
              filter: 'all',
              per_page: 100,
            },
          })
        : await callRest(octokit, {
            route: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
            parameters: { ...at(repository), check_run_id: effect.onto.runId },
          })
    const runs = effect.onto.kind === 'new' ? list(record(data, 'check runs'), 'check_runs') : [data]
    const after = effect.onto.kind === 'new' ? effect.onto.after : 0
    const run = runs.filter(isJson).find((one) => one['external_id'] === wanted && integer(one, 'id') > after)
    return run === undefined ? absent : found({ id: integer(run, 'id'), sha: effect.sha })
  },
}

function bodyOf(effect: PostCheck): Readonly<Record<string, unknown>> {
  const { status, title, summary, text, buttons, annotations } = effect.answer
  const state = status === 'in_progress' ? { status } : { status: 'completed', conclusion: status }
  const output = {
    title: cut(title, 255),
    summary: cut(summary, longest),
    ...(text !== '' && { text: cut(text, longest) }),
    ...(annotations.length > 0 && { annotations: annotations.slice(0, 50).map(annotationOf) }),
  }
  const actions = buttons.slice(0, 3).map(({ label, description, identifier }) => {
    return { label: cut(label, 20), description: cut(description, 40), identifier }
  })
  return {
    name: effect.name,
    external_id: externalId(effect),
    ...state,
    output,
    ...(buttons.length > 0 && { actions }),
  }
}

function annotationOf({ path, line, level, message }: CheckAnnotation) {
  return { path, start_line: line, end_line: line, annotation_level: level, message: cut(message, longest) }
}

function externalId({ fingerprint }: PostCheck): string {
  return `waybill:${fingerprint}`
}

/** At most so many UTF-16 units, never half a character. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
