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
  const entry = {
    key: `refuse:${wish.commentId}`,
    action: 'refuse' as const,
    actor: { id: wish.by.id, login: wish.by.login },
    subject: `${line.ref.branch}#${wish.pull}`,
    version: command !== null && 'version' in command ? command.version : null,
    sha: null,
    environment: command !== null && 'environment' in command ? command.environment : null,
    reason: reason.kind,
    evidence: [`comment ${wish.commentId}`],
  }
  const words = refusedAnswer(reason)
  return [{ kind: 'audit', entry }, react(wish, '-1'), answer(wish, words), settle(wish, 'denied', command)]
}

/** Leaves a wish to the pass over its pull request, which carries it out and answers. */
export function handOver(line: LineSnapshot, wish: Wish, command: Command): readonly Effect[] {
  const { repository } = line.ref
  const look: Effect = { kind: 'look', ref: { kind: 'pull', repository, number: wish.pull }, at: null }
  return wish.state === 'asked' ? [settle(wish, 'accepted', command), look] : []
}
