import type { Client } from 'jira.js/core'
import type { Grade } from '../model/grade.ts'
import type { Acting } from '../model/issue-action.ts'
import type { Acted } from '../reconcile/world/issues.ts'
import { commentOnIssue } from './comment-on-issue.ts'
import { elsewhere, waitUntil } from './failures.ts'
import { addVersion, releaseVersion } from './fix-version.ts'
import { issueKey } from './issue-key.ts'
import { linkPull } from './link-pull.ts'
import { moveIssue } from './move-issue.ts'
import { permissionFor } from './permission-for.ts'
import { JiraTrouble, type Trouble } from './trouble.ts'

/** What came of it where Jira answered. `cause`: it was not done, and why. */
export type ActionOutcome =
  | { readonly kind: 'did'; readonly written?: string; readonly done?: boolean }
  | { readonly kind: 'refused'; readonly cause: string }
  /** What it needs is not there yet. */
  | { readonly kind: 'early'; readonly cause: string }

export type ActOptions = {
  readonly client: Client
  /** The panels are told: then no link is needed. */
  readonly panels: boolean
  /** ms, UTC */
  readonly now: () => number
}

/** A conflict, or an answer that was cut off, is looked at again after this (ms); wrong credentials after that. */
const soon = 30_000
const later = 3_600_000
/** What something needs is waited for so long (ms). */
const patience = 24 * 3_600_000

/**
 * Does one thing to an issue, after a look where it may be done already. An issue's own limit makes only its own things
 * wait; what Jira refuses is refused until there is something new to say.
 */
export function createAct({ client, panels, now }: ActOptions): (acting: Acting) => Promise<Acted> {
  return async (acting) => {
    // No path is built of what is not a key.
    if (!issueKey.test(acting.action.issueKey)) return finished({ kind: 'not-reported', cause: 'it names no issue' })
    try {
      const outcome = await carryOut(client, acting, panels)
      if (outcome.kind === 'early' && acting.waited < patience) {
        return finished({ kind: 'kept', cause: outcome.cause, until: now() + Math.max(soon, acting.waited / 2) })
      }
      if (outcome.kind !== 'did') return finished({ kind: 'not-reported', cause: outcome.cause })
      return { ...finished({ kind: 'reported' }), written: outcome.written ?? null, done: outcome.done === true }
    } catch (error) {
      if (error instanceof JiraTrouble) return troubled(error.trouble, acting, now())
      const name = error instanceof Error ? error.name : 'no error'
      return finished({ kind: 'not-reported', cause: `this went wrong here: ${name}` })
    }
  }
}

async function carryOut(client: Client, acting: Acting, panels: boolean): Promise<ActionOutcome> {
  const { action } = acting
  switch (action.kind) {
    case 'move':
      return moveIssue(client, action)
    case 'add-version':
      return addVersion(client, action)
    case 'release-version':
      return releaseVersion(client, action)
    case 'comment':
      return commentOnIssue(client, action, acting)
    case 'link':
      return panels ? { kind: 'did' } : linkPull(client, action)
  }
}

function troubled(trouble: Trouble, { action }: Acting, now: number): Acted {
  if (trouble.kind === 'lost') return away({ until: now + soon, cause: `Jira: ${trouble.cause}`, doubtful: true })
  const { status, message, perIssue, retryAfter, absence } = trouble
  const cause = `Jira answered ${status}${message === '' ? '' : `: ${message}`}`
  if (status === 429) {
    const until = waitUntil(trouble, now)
    return perIssue ? finished({ kind: 'kept', cause, until }) : away({ until, cause, doubtful: false })
  }
  if (status === 401) {
    const withdrawn = `${cause}; JIRA_API_TOKEN has expired or was withdrawn and needs a new one`
    return away({ until: now + later, cause: withdrawn, doubtful: false })
  }
  if (status >= 500 || status === 408) return away({ until: now + (retryAfter ?? soon), cause, doubtful: true })
  if (absence) {
    const gone = `${action.issueKey} is not there, or Waybill's account can't see it`
    return finished({ kind: 'not-reported', cause: gone })
  }
  if (elsewhere(trouble) !== '') {
    return away({ until: now + later, cause: `${cause}${elsewhere(trouble)}`, doubtful: true })
  }
  if (status === 409) return finished({ kind: 'kept', cause, until: now + soon })
  return finished({ kind: 'not-reported', cause: status === 403 ? `${cause}; ${permissionFor(action.kind)}` : cause })
}

function away({ until, cause, doubtful }: NonNullable<Acted['away']> & Pick<Acted, 'doubtful'>): Acted {
  const grade = { kind: 'kept', cause, until: 0 } as const
  return { grade, written: null, done: false, away: { until, cause }, doubtful }
}

function finished(grade: Grade): Acted {
  return { grade, written: null, done: false, away: null, doubtful: false }
}
