import type { AuditEntry } from '../model/audit-entry.ts'
import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { askedIn, type Command, type Wish, wishKey } from '../model/wish.ts'
import { refusedAnswer } from '../words/answers.ts'
import { lookWhen } from './look-when.ts'

/** A press has nothing to react to: its answer is its only sign. */
export function react(wish: Wish, reaction: 'eyes' | 'rocket' | '-1'): readonly Effect[] {
  if (wish.press !== null) return []
  return [{ kind: 'react', wish: wish.id, commentId: wish.commentId, reaction }]
}

export function answer(wish: Wish, body: string): Effect {
  return { kind: 'answer-wish', wish: wish.id, pull: wish.pull, body }
}

export function settle(wish: Wish, state: Wish['state'], command: Command | null): Effect {
  return { kind: 'settle-wish', wish: wish.id, state, command }
}

/** Says that it is done. The wish is closed last: until then a crash only repeats what was said. */
export function fulfil(wish: Wish, command: Command, words: string): readonly Effect[] {
  return [...react(wish, 'rocket'), answer(wish, words), settle(wish, 'done', command)]
}

/** Says what it waits for, and keeps it. */
export function keepWaiting(
  line: LineSnapshot,
  wish: Wish,
  why: { readonly command: Command; readonly words: string; readonly reason: PromotionReason },
): readonly Effect[] {
  const kept = wish.state === 'accepted' ? [] : [settle(wish, 'accepted', why.command)]
  return [answer(wish, why.words), ...kept, ...lookWhen(line, why.reason)]
}

export type Refusal = { readonly command: Command | null; readonly reason: PromotionReason }

/** Says no, in the audit log first. The wish is closed last: until then a crash only repeats what was said. */
export function refuse(line: LineSnapshot, wish: Wish, { command, reason }: Refusal): readonly Effect[] {
  const named = auditOf(line, wish, command)
  const entry: AuditEntry = { ...named, key: `refuse:${wishKey(wish)}`, action: 'refuse', reason: reason.kind }
  const words = refusedAnswer(reason)
  return [{ kind: 'audit', entry }, ...react(wish, '-1'), answer(wish, words), settle(wish, 'denied', command)]
}

/** What an audit entry says of a person's command; key, action and reason are the decision's own. */
export function auditOf(
  line: LineSnapshot,
  wish: Wish,
  command: Command | null,
): Omit<AuditEntry, 'key' | 'action' | 'reason'> {
  return {
    actor: { id: wish.by.id, login: wish.by.login },
    subject: `${line.ref.branch}#${wish.pull}`,
    version: command !== null && 'version' in command ? command.version : null,
    sha: null,
    environment: command !== null && 'environment' in command ? command.environment : null,
    evidence: [askedIn(wish)],
  }
}

/** Leaves a wish to the pass over its pull request, which carries it out and answers. */
export function handOver(line: LineSnapshot, wish: Wish, command: Command): readonly Effect[] {
  const { repository } = line.ref
  const look: Effect = { kind: 'look', ref: { kind: 'pull', repository, number: wish.pull }, at: null }
  return wish.state === 'asked' ? [settle(wish, 'accepted', command), look] : []
}
