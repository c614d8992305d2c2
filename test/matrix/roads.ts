import { defaultConfig } from '../../sandbox/github/default-config.ts'
import type { People } from '../../sandbox/people.ts'
import type { Stage } from './open-stage.ts'
import { playBox } from './roads/box.ts'
import { playChange } from './roads/change.ts'
import { playConfiguration } from './roads/configuration.ts'
import { playIssues } from './roads/issues.ts'
import { playJob } from './roads/job.ts'
import { playNames } from './roads/names.ts'
import { playPress } from './roads/press.ts'
import { playQueue } from './roads/queue.ts'
import { playUpdate } from './roads/update.ts'

/** One life in a fresh repository: who does what there, and what must be there at its end, once each. */
export type Road = {
  readonly name: string
  readonly repository?: { readonly config?: string | null; readonly mergeQueue?: boolean }
  /** Calls whose first answer is lost in any case, so that Waybill has to look whether they were done. */
  readonly lost?: readonly string[]
  readonly play: (people: People, issue: string, stage: Pick<Stage, 'order' | 'sandbox'>) => Promise<Ended>
}

/** What must be there after a life. Deployments are the commits that went to an environment, in any order. */
export type Ended = {
  readonly pulls: readonly { readonly number: number; readonly head: string; readonly reviewed: boolean }[]
  readonly tags: number
  /** Where not every tag has one. */
  readonly releases?: number
  readonly deployments: Readonly<Record<string, readonly string[]>>
}

const approvedByTeam = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvers: ["@acme/analysts"], overriders: ["@acme/analysts"]}
`
const releasesOnly = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s}
release: {}
`

/** The shortest first: a call that several make is tried in the first of them. */
export const roads: readonly Road[] = [
  { name: 'change', play: playChange },
  { name: 'queue', repository: { mergeQueue: true }, play: playQueue },
  { name: 'configuration', repository: { config: null }, play: playConfiguration },
  { name: 'job', play: playJob },
  { name: 'press', play: playPress },
  {
    name: 'box',
    repository: {
      config: `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: rush, type: development, kind: rush, lease: 4h}
`,
    },
    play: playBox,
  },
  {
    name: 'issues',
    repository: { config: `${defaultConfig}jira: {fix-version: true, transitions: {pull-request: In Review}}\n` },
    play: playIssues,
  },
  { name: 'update', repository: { config: approvedByTeam }, play: playUpdate },
  { name: 'names', repository: { config: releasesOnly }, play: playNames },
  {
    name: 'change whose answers are lost',
    lost: [
      'POST /repos/{owner}/{repo}/check-runs',
      'POST /repos/{owner}/{repo}/git/tags',
      'POST /repos/{owner}/{repo}/git/refs',
      'POST /repos/{owner}/{repo}/releases',
      'POST /repos/{owner}/{repo}/deployments',
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    ],
    play: playChange,
  },
]
