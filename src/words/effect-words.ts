import type { Effect } from '../model/effect.ts'
import type { IssueAction } from '../model/issue-action.ts'
import type { Ref } from '../model/ref.ts'
import type { GoneEntity, ReportBody } from '../model/report.ts'
import { utcTime } from './utc-time.ts'

/** What an effect does, as one line for a terminal; names from outside are as they came. */
export function effectWords(effect: Effect): string {
  switch (effect.kind) {
    case 'post-check':
      return `post the check ${effect.name} on ${short(effect.sha)}: ${effect.answer.title}`
    case 'create-tag':
      return `make the tag ${effect.tag} on ${short(effect.sha)}`
    case 'publish-release':
      return `publish the release ${effect.tag}`
    case 'create-deployment':
      return `deploy ${effect.claim.tag} to ${effect.claim.environment}`
    case 'deploy-branch':
      return `deploy ${short(effect.claim.sha)} to ${effect.claim.environment}, to try it out`
    case 'set-status':
      return `set the deployment ${effect.deployment} to ${effect.state}: ${effect.description}`
    case 'answer-run':
      return `tell the run ${effect.runId} whether it may go on to ${effect.environment}: ${effect.state ?? 'it waits'}`
    case 'say-on-pull':
      return `write or edit Waybill's comment on #${effect.pull}`
    case 'answer-wish':
      return `answer a command on #${effect.pull}`
    case 'call-people':
      return `call people on #${effect.pull}`
    case 'react':
      return `react to a command with ${effect.reaction}`
    case 'report':
      return `tell Jira of ${reported(effect.report.body)}`
    case 'act-on-issue':
      return acted(effect.action)
    case 'look':
      return `look at ${looked(effect.ref)}${effect.at === null ? ' as well' : ` again at ${utcTime(effect.at)}`}`
    case 'settle-wish':
    case 'settle-deployment':
    case 'decide':
    case 'audit':
    case 'remember-verified':
    case 'void-version':
    case 'keep-standing':
    case 'keep-config':
      return written(effect)
  }
}

type Written = Extract<
  Effect,
  {
    kind:
      | 'settle-wish'
      | 'settle-deployment'
      | 'decide'
      | 'audit'
      | 'remember-verified'
      | 'void-version'
      | 'keep-standing'
      | 'keep-config'
  }
>

/** What stays in Waybill's own database. */
function written(effect: Written): string {
  switch (effect.kind) {
    case 'audit':
      return `write into the audit log: ${effect.entry.action}, ${effect.entry.reason}`
    case 'decide':
      return `write down the decision: ${effect.decision.what.kind}`
    case 'settle-wish':
      return `write down that a command is ${effect.state}`
    case 'settle-deployment':
      return `write down that the deployment ${effect.deployment} has ended`
    case 'remember-verified':
      return `remember that ${effect.key} was found in Jira for #${effect.pull}`
    case 'void-version':
      return `write down that the version ${effect.tag} is void`
    case 'keep-standing':
      return `remember where ${effect.ref.branch} stands`
    case 'keep-config':
      return `remember the configuration of ${effect.ref.branch}`
  }
}

function acted(action: IssueAction): string {
  switch (action.kind) {
    case 'move':
      return `move ${action.issueKey} to ${action.target}`
    case 'add-version':
      return `give ${action.issueKey} the fix version ${action.name}`
    case 'release-version':
      return `release the version ${action.name} in Jira`
    case 'comment':
      return `write or edit Waybill's comment on ${action.issueKey}`
    case 'link':
      return `link the pull request on ${action.issueKey}`
  }
}

function reported(body: ReportBody): string {
  switch (body.kind) {
    case 'branch':
      return `the branch ${body.branch.name}`
    case 'pull':
      return `#${body.pull.number} (${body.pull.status.toLowerCase()})`
    case 'build':
      return `the build ${body.build.name} (${body.build.state.replace('_', ' ')})`
    case 'deployment':
      return `the deployment of ${body.deployment.version} to ${body.deployment.environment} (${body.deployment.state.replace('_', ' ')})`
    case 'gone':
      return `${gone(body.of)}: it is gone`
  }
}

function gone(entity: GoneEntity): string {
  switch (entity.kind) {
    case 'branch':
      return `the branch ${entity.name}`
    case 'pull':
      return `#${entity.number}`
    case 'deployment':
      return `a promotion to ${entity.environment}`
  }
}

function looked(ref: Ref): string {
  switch (ref.kind) {
    case 'pull':
      return `#${ref.number}`
    case 'branch':
    case 'line':
      return ref.branch
    case 'queue':
      return `the merge queue of ${ref.branch}`
    case 'run':
      return `the run ${ref.runId}`
    case 'commit':
      return short(ref.sha)
  }
}

function short(sha: string): string {
  return sha.slice(0, 7)
}
