import type { Lookup } from '../model/lookup.ts'
import type { CodeEffect, Written } from '../reconcile/world/code.ts'
import { applyCheck } from './apply-check.ts'
import { applyAnswer, applyCall, applyLivingComment } from './apply-comment.ts'
import { applyBranch, applyDeployment } from './apply-deployment.ts'
import { applyReaction } from './apply-reaction.ts'
import { applyRelease } from './apply-release.ts'
import { applyRun } from './apply-run.ts'
import { applySetStatus } from './apply-status.ts'
import { applyTag } from './apply-tag.ts'
import { letLagPass, NotKnownYet } from './call-rest.ts'
import type { Writer } from './writer.ts'

/**
 * Does one effect, once: no reads before it, and no second try where the answer was lost. Where GitHub does not know yet
 * what it names, it is looked for before it is tried again. Rejects with `Failed`.
 */
export async function writeEffect(writer: Writer, effect: CodeEffect, known: number | null): Promise<Written> {
  try {
    return await write(writer, effect, known)
  } catch (error) {
    if (!(error instanceof NotKnownYet)) throw error
    await letLagPass(writer.octokit)
    const there = await lookForEffect(writer, effect, known)
    return there.kind === 'found' ? there.value : write(writer, effect, known)
  }
}

function write(writer: Writer, effect: CodeEffect, known: number | null): Promise<Written> {
  switch (effect.kind) {
    case 'post-check':
      return applyCheck.write(writer, effect, known)
    case 'create-tag':
      return applyTag.write(writer, effect, known)
    case 'publish-release':
      return applyRelease.write(writer, effect, known)
    case 'create-deployment':
      return applyDeployment.write(writer, effect, known)
    case 'deploy-branch':
      return applyBranch.write(writer, effect, known)
    case 'set-status':
      return applySetStatus.write(writer, effect, known)
    case 'answer-run':
      return applyRun.write(writer, effect, known)
    case 'say-on-pull':
      return applyLivingComment.write(writer, effect, known)
    case 'call-people':
      return applyCall.write(writer, effect, known)
    case 'answer-wish':
      return applyAnswer.write(writer, effect, known)
    case 'react':
      return applyReaction.write(writer, effect, known)
  }
}

/**
 * Is it there already, with this very content? `absent` is what GitHub says now; its lists may lag behind a write of
 * the last seconds, so the caller looks again before it does something that can't be taken back.
 */
export function lookForEffect(writer: Writer, effect: CodeEffect, known: number | null): Promise<Lookup<Written>> {
  switch (effect.kind) {
    case 'post-check':
      return applyCheck.look(writer, effect, known)
    case 'create-tag':
      return applyTag.look(writer, effect, known)
    case 'publish-release':
      return applyRelease.look(writer, effect, known)
    case 'create-deployment':
      return applyDeployment.look(writer, effect, known)
    case 'deploy-branch':
      return applyBranch.look(writer, effect, known)
    case 'set-status':
      return applySetStatus.look(writer, effect, known)
    case 'answer-run':
      return applyRun.look(writer, effect, known)
    case 'say-on-pull':
      return applyLivingComment.look(writer, effect, known)
    case 'call-people':
      return applyCall.look(writer, effect, known)
    case 'answer-wish':
      return applyAnswer.look(writer, effect, known)
    case 'react':
      return applyReaction.look(writer, effect, known)
  }
}
