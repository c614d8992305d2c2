import { findRef } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import { invalid } from '../refusal.ts'
import { serializeLabel } from '../rest/serialize-label.ts'
import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Label } from '../state/repository.ts'
import type { State } from '../state.ts'
import { closePull } from './close-pull.ts'
import { emitPull } from './emit.ts'
import { keepHead } from './follow-branch.ts'
import { note } from './timeline.ts'

/** What may be changed; undefined stays as it is. */
export type PullChange = {
  readonly title: string | undefined
  readonly body: string | undefined
  readonly base: string | undefined
  readonly state: string | undefined
}

/** Changes title, body and base in one `edited` event, then opens or closes. */
export async function changePull(
  state: State,
  pull: PullRequest,
  { change, actor }: { readonly change: PullChange; readonly actor: Actor },
): Promise<void> {
  const changes = {
    ...changeTexts(state, pull, { change, actor }),
    ...(await changeBase(state, pull, { base: change.base, actor })),
  }
  if (Object.keys(changes).length > 0) {
    pull.updatedAt = state.now()
    await emitPull(state, { pull, action: 'edited', sender: actor.user, more: { changes } })
  }
  if (change.state === 'closed' && pull.state === 'open') await closePull(state, pull, actor)
  if (change.state === 'open' && pull.state === 'closed') await reopenPull(state, pull, actor)
}

/** `ready_for_review` or `converted_to_draft`; nothing when it is so already. */
export async function setDraft(
  state: State,
  pull: PullRequest,
  { draft, actor }: { readonly draft: boolean; readonly actor: Actor },
): Promise<void> {
  if (pull.draft === draft) return
  pull.draft = draft
  note(state, pull, { actor: actor.user, fact: { kind: draft ? 'convert_to_draft' : 'ready_for_review' } })
  await emitPull(state, { pull, action: draft ? 'converted_to_draft' : 'ready_for_review', sender: actor.user })
}

/** Adds labels by name; those the repository lacks are made. One `labeled` event for each that is new on the pull request. */
export async function addLabels(
  state: State,
  pull: PullRequest,
  { names, actor }: { readonly names: readonly string[]; readonly actor: Actor },
): Promise<void> {
  for (const name of names) {
    if (pull.labels.some((label) => label.name === name)) continue
    const label = labelOf(state, pull, name)
    pull.labels.push(label)
    note(state, pull, { actor: actor.user, fact: { kind: 'labeled', label } })
    await emitPull(state, {
      pull,
      action: 'labeled',
      sender: actor.user,
      more: { label: serializeLabel(state, pull.repository, label) },
    })
  }
}

/** Takes a label off; false when it was not on. */
export async function removeLabel(
  state: State,
  pull: PullRequest,
  { name, actor }: { readonly name: string; readonly actor: Actor },
): Promise<boolean> {
  const label = pull.labels.find((one) => one.name === name)
  if (label === undefined) return false
  pull.labels.splice(pull.labels.indexOf(label), 1)
  note(state, pull, { actor: actor.user, fact: { kind: 'unlabeled', label } })
  await emitPull(state, {
    pull,
    action: 'unlabeled',
    sender: actor.user,
    more: { label: serializeLabel(state, pull.repository, label) },
  })
  return true
}

function changeTexts(
  state: State,
  pull: PullRequest,
  { change, actor }: { readonly change: PullChange; readonly actor: Actor },
) {
  const before = { title: pull.title, body: pull.body }
  pull.title = change.title ?? pull.title
  pull.body = change.body ?? pull.body
  const renamed = pull.title !== before.title
  if (renamed) {
    note(state, pull, { actor: actor.user, fact: { kind: 'renamed_title', before: before.title, after: pull.title } })
  }
  return {
    ...(renamed ? { title: { from: before.title } } : {}),
    ...(pull.body !== before.body ? { body: { from: before.body ?? '' } } : {}),
  }
}

async function changeBase(
  state: State,
  pull: PullRequest,
  { base, actor }: { readonly base: string | undefined; readonly actor: Actor },
) {
  if (base === undefined || base === pull.base.ref) return {}
  const tip = await findRef(pull.repository.path, `refs/heads/${base}`)
  if (tip === undefined || pull.state === 'closed') {
    throw invalid([{ resource: 'PullRequest', field: 'base', code: 'invalid' }])
  }
  const before = pull.base
  pull.base = { ref: base, sha: tip.commit }
  note(state, pull, { actor: actor.user, fact: { kind: 'base_ref_changed', before: before.ref, after: base } })
  return { base: { ref: { from: before.ref }, sha: { from: before.sha } } }
}

async function reopenPull(state: State, pull: PullRequest, actor: Actor): Promise<void> {
  const head = await findRef(pull.repository.path, `refs/heads/${pull.head.ref}`)
  if (pull.merged || head === undefined) {
    const message = pull.merged
      ? 'state cannot be changed. The pull request was merged.'
      : 'state cannot be changed. The head branch was deleted.'
    throw invalid([{ resource: 'PullRequest', code: 'custom', field: 'state', message }])
  }
  pull.state = 'open'
  pull.closedAt = undefined
  pull.head.sha = head.commit
  await keepHead(pull)
  note(state, pull, { actor: actor.user, fact: { kind: 'reopened' } })
  await emitPull(state, { pull, action: 'reopened', sender: actor.user })
}

function labelOf(state: State, { repository }: PullRequest, name: string): Label {
  const known = repository.labels.find((label) => label.name === name)
  if (known !== undefined) return known
  const id = state.nextId()
  const label = { id, nodeId: nodeId('Label', id), name, color: 'ededed', description: undefined }
  repository.labels.push(label)
  return label
}
