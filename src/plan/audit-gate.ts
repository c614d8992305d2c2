import type { PostedCheck } from '../model/check.ts'
import type { Effect } from '../model/effect.ts'
import type { Finding } from '../model/verdict.ts'
import { explainNote } from '../words/notes.ts'
import { newestPosted } from './post-check.ts'

export type GateFacts = {
  readonly posted: readonly PostedCheck[]
  /** `main#12`, or a merge queue's group. */
  readonly subject: string
  readonly findings: readonly Finding[]
}

/** A gate that begins to let a commit pass is written down first, with what was read; one that goes on doing so is not. */
export function auditGate(effects: readonly Effect[], { posted, subject, findings }: GateFacts): readonly Effect[] {
  if (newestPosted(posted, 'waybill/gate')?.conclusion === 'success') return effects
  return effects.flatMap((effect): readonly Effect[] => {
    if (effect.kind !== 'post-check' || effect.answer.status !== 'success') return [effect]
    const { sha, onto } = effect
    const place = onto.kind === 'new' ? `after:${onto.after}` : `run:${onto.runId}`
    const entry = {
      key: `gate:${subject}:${sha}:${place}`,
      action: 'gate' as const,
      actor: null,
      subject,
      version: null,
      sha,
      environment: null,
      reason: effect.answer.title,
      evidence: findings.flatMap((finding) => {
        return finding.kind === 'passes' ? [`${finding.rule}: ${explainNote(finding.note)}`.slice(0, 1000)] : []
      }),
    }
    return [{ kind: 'audit', entry }, effect]
  })
}
