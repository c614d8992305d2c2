import type { Effect } from '../model/effect.ts'
import type { QueueSnapshot } from '../model/merge-queue.ts'
import { type Group, groupsOf, judgeGroup } from '../rules/judge-group.ts'
import { groupAnswer } from '../words/group.ts'
import { auditGate } from './audit-gate.ts'
import { lookAgain, lookSoon } from './look-again.ts'
import { postCheck } from './post-check.ts'

/** Answers every group of a merge queue on its head. A group that is gone needs no answer. */
export function planQueue(snapshot: QueueSnapshot): readonly Effect[] {
  const planned = groupsOf(snapshot).flatMap((group) => planGroup(snapshot, group))
  const looks = planned.flatMap((effect) => (effect.kind === 'look' ? (effect.at ?? []) : []))
  const look: Effect = { kind: 'look', ref: snapshot.ref, at: Math.min(...looks) }
  return [...planned.filter((effect) => effect.kind !== 'look'), ...(looks.length === 0 ? [] : [look])]
}

function planGroup(snapshot: QueueSnapshot, group: Group): readonly Effect[] {
  const { ref, now } = snapshot
  const verdict = judgeGroup(snapshot, group)
  if (verdict.kind === 'silent') return []
  const { sha, posted } = group.head
  const answer = groupAnswer(verdict)
  const post = postCheck({ name: 'waybill/gate', sha, answer }, posted, now)
  if (verdict.kind === 'config-broken' || verdict.kind === 'not-configured') return post
  if (verdict.kind === 'config-unreadable') return [...post, ...lookSoon({ ref, now })]
  const findings = [...verdict.members.flatMap((member) => member.findings), verdict.checks]
  const subject = `${ref.branch} queue ${group.pulls.map((pull) => `#${pull}`).join(' ')}`
  return [...auditGate(post, { posted, subject, findings }), ...lookAgain(findings, { ref, now, headSeenAt: now })]
}
