import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { Command, Wish } from '../model/wish.ts'
import { refusedAnswer } from '../words/answers.ts'

export function react(wish: Wish, reaction: 'eyes' | 'rocket' | '-1'): Effect {
  return { kind: 'react', wish: wish.id, commentId: wish.commentId, reaction }
}

export function answer(wish: Wish, body: string): Effect {
  return { kind: 'answer-wish', wish: wish.id, pull: wish.pull, body }
}

export function settle(wish: Wish, state: Wish['state'], command: Command | null): Effect {
  return { kind: 'settle-wish', wish: wish.id, state, command }
}

export type Refusal = { readonly command: Command | null; readonly reason: PromotionReason }

/** Says no, in the audit log first. The wish is closed last: until then a crash only repeats what was said. */
export function refuse(line: LineSnapshot, wish: Wish, { command, reason }: Refusal): readonly Effect[] {
  const named = command?.kind === 'promote' ? command : null
  const entry = {
    key: `refuse:${wish.commentId}`,
    action: 'refuse' as const,
    actor: { id: wish.by.id, login: wish.by.login },
    subject: `${line.ref.branch}#${wish.pull}`,
    version: named?.version ?? null,
    sha: null,
    environment: named?.environment ?? null,
    reason: reason.kind,
    evidence: [`comment ${wish.commentId}`],
  }
  const words = refusedAnswer(reason)
  return [{ kind: 'audit', entry }, react(wish, '-1'), answer(wish, words), settle(wish, 'denied', command)]
}
