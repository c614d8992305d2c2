import type { AuditEntry } from '../model/audit-entry.ts'
import type { Effect } from '../model/effect.ts'
import type { Override } from '../model/override.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { outcomeOf, type PullVerdict } from '../model/verdict.ts'
import { askedBefore, type Command, type Wish } from '../model/wish.ts'
import { judgePull } from '../rules/judge-pull.ts'
import { judgingConfig } from '../rules/judging-config.ts'
import { overrideAllowed } from '../rules/override-allowed.ts'
import { overriddenAnswer, refusedAnswer } from '../words/answers.ts'
import { explainReason } from '../words/reasons.ts'
import { answer, react, settle } from './wish-effects.ts'

/** An override that can't be decided yet is judged again after this (ms). */
const again = 30_000

export type PlannedOverrides = {
  /** What holds from now on: the newest one granted, else the one there was. */
  readonly override: Override | null
  /** Written down before the gate says anything. */
  readonly before: readonly Effect[]
  /** Answers to the people, after the gate has spoken. */
  readonly after: readonly Effect[]
}

type OverrideCommand = Extract<Command, { kind: 'override' }>

/** Grants or refuses what was asked for on this pull request; each answer is audited first. */
export function planOverrides(snapshot: PullSnapshot): PlannedOverrides {
  let planned: PlannedOverrides = { override: snapshot.override, before: [], after: [] }
  for (const wish of snapshot.wishes.toSorted(askedBefore)) {
    const { command } = wish
    if (command?.kind !== 'override') continue
    const one = planOne({ ...snapshot, override: planned.override }, wish, command)
    const before = [...planned.before, ...one.before]
    planned = { override: one.override ?? planned.override, before, after: [...planned.after, ...one.after] }
  }
  return planned
}

function planOne(snapshot: PullSnapshot, wish: Wish, command: OverrideCommand): PlannedOverrides {
  const { ref, now } = snapshot
  const verdict = judgePull(snapshot)
  const reason = notHeld(verdict)
  if (reason !== null) return refused(snapshot, wish, { command, reason })
  const config = judgingConfig(snapshot)
  if (config === null) return { override: null, before: [], after: [{ kind: 'look', ref, at: now + again }] }
  const judged = overrideAllowed(snapshot, config, { wish, reason: command.reason })
  switch (judged.kind) {
    case 'denied':
      return refused(snapshot, wish, { command, reason: judged.reason })
    case 'waits':
      return { override: null, before: [], after: [{ kind: 'look', ref, at: now + again }] }
    case 'granted': {
      const { override } = judged
      const words = overriddenAnswer(override)
      const done = settle(wish, 'done', { ...command, sha: override.sha, base: override.base })
      const entry = granted(snapshot, wish, { override, verdict })
      return {
        override,
        before: [{ kind: 'audit', entry }],
        after: [...react(wish, 'rocket'), answer(wish, words), done],
      }
    }
  }
}

/** Why no word of a person's is asked for here; null where the gate holds. A configuration that can't be used names nobody who might. */
function notHeld(verdict: PullVerdict): PromotionReason | null {
  const isHeld = verdict.kind === 'judged' && outcomeOf(verdict.findings) !== 'passes'
  if ((verdict.kind === 'config-broken' || verdict.kind === 'config-unreadable' || isHeld) && verdict.enforced) {
    return verdict.kind === 'config-broken' ? { kind: 'config-broken', path: verdict.path } : null
  }
  return { kind: 'nothing-held' }
}

function granted(
  snapshot: PullSnapshot,
  wish: Wish,
  { override, verdict }: { readonly override: Override; readonly verdict: PullVerdict },
): AuditEntry {
  const findings = verdict.kind === 'judged' ? verdict.findings : []
  const lacks = findings.flatMap((one) => {
    return one.kind === 'waits' || one.kind === 'blocks' ? [`${one.rule}: ${explainReason(one.reason).short}`] : []
  })
  return {
    ...entryOf(snapshot, wish),
    key: `override:${wish.commentId}`,
    action: 'override',
    reason: override.reason,
    evidence: [`comment ${wish.commentId}`, ...lacks],
  }
}

type Refusal = { readonly command: OverrideCommand; readonly reason: PromotionReason }

function refused(snapshot: PullSnapshot, wish: Wish, { command, reason }: Refusal): PlannedOverrides {
  const entry: AuditEntry = {
    ...entryOf(snapshot, wish),
    key: `refuse:${wish.commentId}`,
    action: 'refuse',
    reason: reason.kind,
    evidence: [`comment ${wish.commentId}`, `override ${command.reason}`],
  }
  const after = [...react(wish, '-1'), answer(wish, refusedAnswer(reason)), settle(wish, 'denied', command)]
  return { override: null, before: [{ kind: 'audit', entry }], after }
}

function entryOf({ pull }: PullSnapshot, { by, pull: number }: Wish) {
  return {
    actor: { id: by.id, login: by.login },
    subject: `${pull.base}#${number}`,
    version: null,
    sha: pull.headSha,
    environment: null,
  }
}
