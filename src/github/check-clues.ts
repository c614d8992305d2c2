import type { CommitRef } from '../model/ref.ts'
import type { CheckNews, Hint } from '../reconcile/world/inbox.ts'
import { type Clue, type Delivered, isQueueBranch, line, look, pull, queueOf } from './clue.ts'
import { type Fields, fields, idOf, nameOf, shaOf } from './narrow.ts'

/** A check run came or went, or a person asked for ours again. Our own runs are echoes. */
export function checkRan(at: Delivered): readonly Clue[] {
  const run = fields(at.given['check_run'])
  if (run === null) return []
  const asked = at.action === 'rerequested' || at.action === 'requested_action'
  const ours = fields(run['app'])?.['id'] === at.own.appId
  if (ours ? !asked : at.action !== 'created' && at.action !== 'completed') return []
  const when = at.action === 'created' && run['status'] !== 'completed' ? 'soon' : 'now'
  const clues = subjectsOf(at, { ...run, head_branch: fields(run['check_suite'])?.['head_branch'] }, when)
  return asked ? clues : withNews(clues, newsOf(run))
}

function newsOf(run: Fields): CheckNews | null {
  const sha = shaOf(run['head_sha'])
  const id = idOf(run['id'])
  if (sha === null || id === null) return null
  const state = run['status'] !== 'completed' ? 'begun' : run['conclusion'] === 'success' ? 'passed' : 'decided'
  return { sha, id: `run:${id}`, state }
}

function withNews(clues: readonly Clue[], check: CheckNews | null): readonly Clue[] {
  return check === null ? clues : clues.map((clue) => (clue.kind === 'branch' ? clue : { ...clue, check }))
}

/** All of another App's checks came to an end, or a person asked for all of ours again. */
export function suiteChanged(at: Delivered): readonly Clue[] {
  const suite = fields(at.given['check_suite'])
  if (suite === null) return []
  if (fields(suite['app'])?.['id'] === at.own.appId) {
    return at.action === 'rerequested' ? subjectsOf(at, suite, 'now') : []
  }
  return at.action === 'completed' ? subjectsOf(at, suite, 'soon') : []
}

/**
 * The pull requests that GitHub names; it names none for forks, nor a branch. What stands on the default branch always
 * concerns the line, whatever pull request has the same head.
 */
function subjectsOf(at: Delivered, check: Fields, when: Hint['when']): readonly Clue[] {
  const sha = shaOf(check['head_sha'])
  const branch = nameOf(check['head_branch'])
  if (branch !== null && isQueueBranch(branch)) return queueOf(at, branch).map((ref) => look(ref, when))
  const onLine = branch === at.defaultBranch
  const named = Array.isArray(check['pull_requests']) ? check['pull_requests'].flatMap((one) => numberOf(at, one)) : []
  if (named.length > 0) {
    const pulls = named.map((number) => look(pull(at, number), when))
    return onLine ? [...pulls, look(line(at), when)] : pulls
  }
  return sha === null ? [] : atCommit(at, { sha, onLine, when })
}

function numberOf(at: Delivered, json: unknown): readonly number[] {
  const one = fields(json)
  const number = idOf(one?.['number'])
  const repository = idOf(fields(fields(one?.['base'])?.['repo'])?.['id'])
  return number !== null && repository === at.repository.id ? [number] : []
}

function atCommit(
  at: Delivered,
  what: { readonly sha: string; readonly onLine: boolean; readonly when: Hint['when'] },
): readonly Clue[] {
  const ref: CommitRef = { kind: 'commit', repository: at.repository, sha: what.sha }
  const clue: Clue = { kind: 'commit', ref, otherwise: what.onLine ? line(at) : ref, when: what.when }
  return what.onLine ? [look(line(at), what.when), clue] : [clue]
}

/** A commit status, from an App or a person. */
export function statusSet(at: Delivered): readonly Clue[] {
  const sha = shaOf(at.given['sha'])
  if (sha === null || nameOf(at.given['state']) === null) return []
  const branches = Array.isArray(at.given['branches']) ? at.given['branches'] : []
  const onLine = branches.some((json: unknown) => {
    const branch = fields(json)
    return branch?.['name'] === at.defaultBranch && fields(branch['commit'])?.['sha'] === sha
  })
  const when = at.given['state'] === 'pending' ? 'soon' : 'now'
  const queues = branches.flatMap((json: unknown) => queueOf(at, nameOf(fields(json)?.['name']) ?? ''))
  const clues = [...queues.map((ref) => look(ref, when)), ...atCommit(at, { sha, onLine, when })]
  const context = nameOf(at.given['context'])
  return context === null ? clues : withNews(clues, { sha, id: `status:${context}`, state: stateOf(at.given['state']) })
}

function stateOf(state: unknown): CheckNews['state'] {
  if (state === 'pending') return 'begun'
  return state === 'success' ? 'passed' : 'decided'
}
