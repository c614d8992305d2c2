import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { QueueEntry, QueueFacts } from '../model/merge-queue.ts'
import type { QueueRef } from '../model/ref.ts'
import { child, childOrNull, connection, integer, type Json, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { parseChecks } from './parse-checks.ts'
import { queueQuery } from './queue-query.ts'
import { finishChecks } from './read-checks.ts'
import { missing, parseOrganisation, parseRepository, type Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/** Pages of 25 entries. GitHub builds groups of at most 100 pull requests. */
const mostPages = 20

/** One query for a merge queue, more only for a longer one. A line without a queue has no entries; `absent`: no such line. */
export async function readQueue(reader: Reader, ref: QueueRef): Promise<Lookup<QueueFacts>> {
  const { owner, name, installationId } = ref.repository
  const octokit = await reader.octokitFor(installationId)
  const entries: Json[] = []
  let after: string | null = null
  for (let pages = 0; pages < mostPages; pages++) {
    const variables = { owner, name, branch: ref.branch, ref: `refs/heads/${ref.branch}`, after }
    const mayMiss = missing('ref', 'mergeQueue')
    const answer = await runQuery(octokit, { name: 'WaybillQueue', text: queueQuery, variables, mayMiss })
    const repository = parseRepository(answer, ref.repository)
    if (repository.kind !== 'found') return absent
    const json = repository.value
    const branch = childOrNull(json, 'ref')
    if (branch === null) return absent
    const defaultRef = childOrNull(json, 'defaultBranchRef')
    const config = await reader.configurations.inForce({
      ...{ octokit, repository: ref.repository, branch: ref.branch, target: childOrNull(branch, 'target') },
      defaultBranch: defaultRef === null ? '' : text(defaultRef, 'name'),
      organisation: parseOrganisation(answer),
    })
    const queue = childOrNull(json, 'mergeQueue')
    const page = queue === null ? null : connection(queue, 'entries')
    entries.push(...(page?.nodes ?? []))
    after = page?.next ?? null
    if (after === null) return found({ ref, config, entries: await finishEntries(octokit, { reader, ref }, entries) })
  }
  throw new Failed({ kind: 'bug', call: 'WaybillQueue', cause: `more than ${mostPages * 25} pull requests are queued` })
}

type Here = { readonly reader: Reader; readonly ref: QueueRef }

/** Front first, whatever order GitHub lists them in. */
async function finishEntries(octokit: Octokit, here: Here, entries: readonly Json[]): Promise<readonly QueueEntry[]> {
  const sorted = entries.toSorted((a, b) => integer(a, 'position') - integer(b, 'position'))
  return Promise.all(
    sorted.map(async (entry) => {
      const commit = childOrNull(entry, 'headCommit')
      const group = commit === null ? null : await finishHead(octokit, here, commit)
      return { pull: integer(child(entry, 'pullRequest'), 'number'), group }
    }),
  )
}

async function finishHead(octokit: Octokit, { reader, ref }: Here, commit: Json): Promise<QueueEntry['group']> {
  const sha = text(commit, 'oid')
  const on = { repository: ref.repository, sha, ownId: reader.app.id }
  return { sha, ...(await finishChecks(octokit, on, parseChecks(commit, on.ownId))) }
}
