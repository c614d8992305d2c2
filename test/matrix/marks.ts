import type { Effect } from '../../src/model/effect.ts'
import type { IssueAction } from '../../src/model/issue-action.ts'
import type { CodeEffect } from '../../src/reconcile/world/code.ts'

/** What is written at GitHub passes four marks; the compiler misses one that is not named here. */
const written: Readonly<Record<CodeEffect['kind'], true>> = {
  'post-check': true,
  'create-tag': true,
  'publish-release': true,
  'create-deployment': true,
  'deploy-branch': true,
  'set-status': true,
  'answer-run': true,
  'say-on-pull': true,
  'answer-wish': true,
  'call-people': true,
  react: true,
}

/** What only memory and the queue have to know passes one. */
const remembered: Readonly<Record<Exclude<Effect['kind'], CodeEffect['kind']>, true>> = {
  'settle-wish': true,
  decide: true,
  audit: true,
  report: true,
  'act-on-issue': true,
  'settle-deployment': true,
  'remember-verified': true,
  'void-version': true,
  'keep-standing': true,
  'keep-config': true,
  look: true,
}

const onIssues: Readonly<Record<IssueAction['kind'], true>> = {
  move: true,
  'add-version': true,
  'release-version': true,
  comment: true,
  link: true,
}

/** Within one write, between GitHub's or Jira's answer and the next call. */
export const withinWrites: readonly string[] = [
  'check.after-write',
  'tag.after-object',
  'tag.after-ref',
  'release.after-draft',
  'release.after-write',
  'deployment.after-write',
  'comment.after-write',
  'report.after-write',
]

/** Every mark there is between two effects. */
export const allMarks: readonly string[] = [
  ...Object.keys(written).flatMap((kind) => {
    return [`${kind}.after-claim`, `${kind}.after-look`, `${kind}.after-write`, `${kind}.done`]
  }),
  ...Object.keys(remembered).map((kind) => `${kind}.done`),
  ...Object.keys(onIssues).flatMap((kind) => [`issue-${kind}.after-claim`, `issue-${kind}.after-write`]),
  ...withinWrites,
]
