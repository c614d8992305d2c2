import { isAncestor, listCommits } from '../git/commits.ts'
import { findRef, zeroSha } from '../git/refs.ts'
import { runGit } from '../git/run-git.ts'
import { listPullCommits } from '../pull-commits.ts'
import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { closePull } from './close-pull.ts'
import { emitPull } from './emit.ts'
import { markMerged } from './mark-merged.ts'
import type { RefMove } from './record-moves.ts'
import { note } from './timeline.ts'

type Moved = { readonly move: RefMove; readonly actor: Actor }

/** Open pull requests go with their head branch: `synchronize`, or closed when the branch is gone. */
export async function followHead(
  state: State,
  repository: Repository,
  { move, actor, forced }: Moved & { readonly forced: boolean },
): Promise<void> {
  const branch = move.name.replace('refs/heads/', '')
  const pulls = state.repositories
    .flatMap(openPulls)
    .filter(({ head }) => head.ref === branch && head.repository === repository)
  for (const pull of pulls) {
    if (move.after === zeroSha) {
      note(state, pull, { actor: actor.user, fact: { kind: 'head_ref_deleted' } })
      await closePull(state, pull, actor)
    } else if (move.before !== zeroSha) {
      if (pull.repository !== repository) await takeIn(pull.repository, repository, branch)
      await synchronize(state, pull, { move, actor, forced })
    }
  }
}

/** Open pull requests whose head has reached their base by a push count as merged; without a base branch they are closed. */
export async function followBase(state: State, repository: Repository, { move, actor }: Moved): Promise<void> {
  const branch = move.name.replace('refs/heads/', '')
  for (const pull of openPulls(repository).filter(({ base }) => base.ref === branch)) {
    if (move.after === zeroSha) await closePull(state, pull, actor)
    else if (move.before !== zeroSha && (await isAncestor(repository.path, pull.head.sha, move.after))) {
      const sha = await bringingCommit(repository, { move, head: pull.head.sha })
      await markMerged(state, pull, { actor, sha, base: move.before })
    }
  }
}

/** Brings a fork's branch into the repository, whose pull request it is the head of. */
export async function takeIn(repository: Repository, fork: Repository, branch: string): Promise<void> {
  await runGit(repository.path, ['fetch', '-q', '--no-tags', fork.path, `refs/heads/${branch}`])
}

/** Points `refs/pull/N/head` at the pull request's head, so that its commits stay reachable. */
export async function keepHead({ repository, number, head }: PullRequest): Promise<void> {
  await runGit(repository.path, ['update-ref', `refs/pull/${number}/head`, head.sha])
}

/** Moves the pull request's head and writes the timeline: new commits, and a force push where it was one. */
async function synchronize(
  state: State,
  pull: PullRequest,
  { move, actor, forced }: Moved & { readonly forced: boolean },
): Promise<void> {
  const { before, after } = move
  pull.head.sha = after
  // What the head has taken in from its base is none of its own.
  const base = await findRef(pull.repository.path, `refs/heads/${pull.base.ref}`)
  pull.base.sha = base?.commit ?? pull.base.sha
  await keepHead(pull)
  const commits = (await listPullCommits(pull)).map(({ sha }) => sha)
  const noted = pull.timeline.flatMap((entry) => (entry.kind === 'commit' ? entry.sha : []))
  for (const sha of commits.filter((one) => !noted.includes(one))) {
    note(state, pull, { actor: actor.user, fact: { kind: 'commit', sha } })
  }
  if (forced) {
    const kept = pull.timeline.filter((entry) => entry.kind !== 'commit' || commits.includes(entry.sha))
    pull.timeline.splice(0, pull.timeline.length, ...kept)
    note(state, pull, { actor: actor.user, fact: { kind: 'head_ref_force_pushed', before, after } })
  }
  pull.updatedAt = state.now()
  await emitPull(state, { pull, action: 'synchronize', sender: actor.user, more: { before, after } })
}

/** The merge commit that brought the head, or the head itself after a fast-forward. */
async function bringingCommit(
  { path }: Repository,
  { move, head }: { readonly move: RefMove; readonly head: string },
): Promise<string> {
  const brought = await listCommits(path, ['--merges', move.after, `^${move.before}`, '--'])
  return brought.find(({ parents }) => parents.slice(1).includes(head))?.sha ?? head
}

function openPulls(repository: Repository): readonly PullRequest[] {
  return repository.pulls.filter(({ state }) => state === 'open')
}
