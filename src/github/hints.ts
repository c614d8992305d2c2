import type { Delivery, Hint, NewWish } from '../reconcile/world/inbox.ts'
import { checkRan, statusSet, suiteChanged } from './check-clues.ts'
import { type Clue, type Delivered, isOurs, line, look, type OwnApp, placeOf, pull } from './clue.ts'
import { fitsEvent, isDeliveredEvent } from './delivered-events.ts'
import { type Fields, fields, idOf, nameOf } from './narrow.ts'
import { pressOf } from './press-of.ts'
import { created, deleted, pushed } from './ref-clues.ts'
import { wishOf } from './wish-of.ts'

/** What a delivery says by itself. Where `clues` leave a question open, only the memory can answer it. */
export type Clues = {
  readonly clues: readonly Clue[]
  readonly wish: NewWish | null
  readonly pull: Delivery['pull']
}

const nothing: Clues = { clues: [], wish: null, pull: null }

/**
 * Where a delivery says to look. A payload that is incomplete, or does not fit its event's name, says nothing; this
 * never throws.
 */
export function cluesOf({ id, name, payload }: Told, own: OwnApp): Clues {
  const given = fields(payload)
  if (given === null || !isDeliveredEvent(name) || !fitsEvent(name, given)) return nothing
  const place = placeOf(given)
  if (place === null) return nothing
  const at: Delivered = { ...place, given, own, action: nameOf(given['action']) }
  switch (name) {
    case 'push':
      return only(pushed(at))
    case 'create':
      return only(created(at))
    case 'delete':
      return only(deleted(at))
    case 'pull_request':
      return pullChanged(at)
    case 'pull_request_review':
      return only(reviewed(at))
    case 'pull_request_review_thread':
      return only(talked(at))
    case 'check_run':
      return checkRunChanged(at, id)
    case 'check_suite':
      return { ...nothing, clues: suiteChanged(at) }
    case 'status':
      return { ...nothing, clues: statusSet(at) }
    case 'issue_comment':
      return commented(at)
    case 'deployment':
      return only(at.action === 'created' ? deployed(at, 'deployment', 'soon') : null)
    case 'deployment_status':
      return only(at.action === 'created' ? deploymentMoved(at) : null)
    case 'merge_group':
      return only(grouped(at))
    case 'deployment_protection_rule':
      return only(at.action === 'requested' ? jobWaiting(at) : null)
    case 'release':
      return only(at.action === 'published' && !isOurs(at, given['sender']) ? look(line(at), 'soon') : null)
  }
}

/** A delivery: GitHub's id of it, its event's name, and what it says. */
type Told = { readonly id: string; readonly name: string; readonly payload: unknown }

/** A button that asks for something leaves a wish; whether it was pressed, GitHub is asked. */
function checkRunChanged(at: Delivered, delivery: string): Clues {
  const wish = pressOf(at, delivery)
  return wish === null ? { ...nothing, clues: checkRan(at) } : { clues: [look(line(at), 'now')], wish, pull: null }
}

function only(clue: Clue | null): Clues {
  return clue === null ? nothing : { ...nothing, clues: [clue] }
}

const pullActions: { readonly [action: string]: Hint['when'] } = {
  opened: 'now',
  reopened: 'now',
  synchronize: 'now',
  edited: 'now',
  ready_for_review: 'now',
  converted_to_draft: 'now',
  review_requested: 'now',
  review_request_removed: 'now',
  assigned: 'now',
  unassigned: 'now',
  labeled: 'soon',
  unlabeled: 'soon',
}

function pullChanged(at: Delivered): Clues {
  const json = fields(at.given['pull_request'])
  const number = idOf(json?.['number'])
  if (json === null || number === null || at.action === null) return nothing
  const { clues } = only(pullClue(at, json, number))
  return { clues, wish: null, pull: ownBranch(at, json, number) }
}

function pullClue(at: Delivered, json: Fields, number: number): Clue | null {
  if (at.action === 'closed') {
    if (json['merged'] !== true) return look(pull(at, number), 'now')
    const base = nameOf(fields(json['base'])?.['ref'])
    return base === null ? null : look(line(at, base), 'soon')
  }
  const when = at.action !== null && Object.hasOwn(pullActions, at.action) ? pullActions[at.action] : undefined
  return when === undefined ? null : look(pull(at, number), when)
}

/** A fork's branch is none of this repository, even where the names are the same. */
function ownBranch(at: Delivered, json: Fields, number: number): Delivery['pull'] {
  const head = fields(json['head'])
  const branch = nameOf(head?.['ref'])
  const state = json['state']
  if (branch === null || idOf(fields(head?.['repo'])?.['id']) !== at.repository.id) return null
  if (state !== 'open' && state !== 'closed') return null
  return { repositoryId: at.repository.id, branch, number, open: state === 'open' }
}

function reviewed(at: Delivered): Clue | null {
  const number = idOf(fields(at.given['pull_request'])?.['number'])
  if (number === null || !['submitted', 'edited', 'dismissed'].includes(at.action ?? '')) return null
  return look(pull(at, number), 'now')
}

/** A conversation was resolved, or opened again: GitHub may ask for it. */
function talked(at: Delivered): Clue | null {
  const number = idOf(fields(at.given['pull_request'])?.['number'])
  return number === null || !['resolved', 'unresolved'].includes(at.action ?? '')
    ? null
    : look(pull(at, number), 'soon')
}

/** A group that is gone needs no answer. */
function grouped(at: Delivered): Clue | null {
  const base = nameOf(fields(at.given['merge_group'])?.['base_ref'])
  if (at.action !== 'checks_requested' || base === null || !base.startsWith('refs/heads/')) return null
  return look({ kind: 'queue', repository: at.repository, branch: base.slice('refs/heads/'.length) }, 'now')
}

/** A comment counts when it is written, never when it is edited; and by its first line, which no quote or fence begins. */
function commented(at: Delivered): Clues {
  const wish = at.action === 'created' ? wishOf(at) : null
  return wish === null ? nothing : { clues: [look(line(at), 'now')], wish, pull: null }
}

/** That a deployment waits for its turn says nothing new; that it goes on may wait for its end a moment. */
function deploymentMoved(at: Delivered): Clue | null {
  const state = fields(at.given['deployment_status'])?.['state']
  if (state === 'queued') return null
  return deployed(at, 'deployment_status', state === 'in_progress' ? 'soon' : 'now')
}

function deployed(at: Delivered, what: 'deployment' | 'deployment_status', when: Hint['when']): Clue | null {
  const json = fields(at.given[what])
  if (json === null || idOf(json['id']) === null) return null
  const byApp = fields(json['performed_via_github_app'])?.['id']
  if (byApp === at.own.appId || isOurs(at, json['creator'])) return null
  return look(line(at), when)
}

/** A job asks for an environment. The run's id stands nowhere but in the address of the answer. */
function jobWaiting({ repository, defaultBranch, given }: Delivered): Clue | null {
  const environment = nameOf(given['environment'])
  const url = nameOf(given['deployment_callback_url']) ?? ''
  const [, digits = ''] = /\/actions\/runs\/(\d{1,16})\/deployment_protection_rule$/.exec(url) ?? []
  const runId = idOf(Number(digits))
  if (environment === null || runId === null) return null
  return look({ kind: 'run', repository, branch: defaultBranch, runId, environment }, 'now')
}
