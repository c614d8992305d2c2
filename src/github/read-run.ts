import type { Account } from '../model/account.ts'
import type { RunRef } from '../model/ref.ts'
import type { RunFacts } from '../model/run.ts'
import { at, callRest } from './call-rest.ts'
import { integer, isJson, type Json, record, text, time } from './json.ts'
import type { Reader } from './reader.ts'

/** A run of GitHub Actions; null when it is gone. GitHub may ask before it shows the run. */
export async function readRun(reader: Reader, { repository, runId }: RunRef): Promise<RunFacts | null> {
  const octokit = await reader.octokitFor(repository.installationId)
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
    parameters: { ...at(repository), run_id: runId },
    expects: [404],
    lags: true,
  })
  return status === 404 ? null : parseRun(record(data, 'workflow run'))
}

function parseRun(json: Json): RunFacts {
  const started = json['run_started_at'] === undefined ? 'created_at' : 'run_started_at'
  return {
    attempt: json['run_attempt'] === undefined ? 1 : integer(json, 'run_attempt'),
    headSha: text(json, 'head_sha'),
    by: parseActor(json['triggering_actor']) ?? parseActor(json['actor']),
    completed: json['status'] === 'completed',
    url: text(json, 'html_url'),
    startedAt: time(json, started),
  }
}

function parseActor(value: unknown): Account | null {
  if (!isJson(value)) return null
  const login = text(value, 'login').replace(/\[bot\]$/, '')
  return { id: integer(value, 'id'), login, kind: value['type'] === 'User' ? 'user' : 'bot' }
}
