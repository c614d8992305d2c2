import type { Config } from '../model/config-schema.ts'
import type { Outlook, PullSnapshot } from '../model/pull.ts'
import { configCheckDue } from '../plan/plan-config-check.ts'
import type { Eyes } from './eyes.ts'
import { complete } from './look-at.ts'
import { nothingAsked } from './nothing-asked.ts'

/** So many other open pull requests, the latest updated ones, are judged by a configuration before it is merged. */
const most = 20

/**
 * Where a pull request touches the configuration, and has not been answered for that yet: the other open pull requests,
 * read so that both configurations can judge them, and where the file is new the tags that versions count on from.
 */
export async function lookAhead(eyes: Eyes, snapshot: PullSnapshot): Promise<PullSnapshot> {
  const { proposal, config, ref, pull } = snapshot
  if (proposal === null || !configCheckDue(snapshot) || proposal.config.kind !== 'valid') return snapshot
  const proposed = proposal.config.config
  const open = await eyes.code.listOpenPulls(ref.repository, most)
  const pulls: PullSnapshot[] = []
  for (const other of open.pulls.filter(({ number }) => number !== pull.number)) {
    const facts = await eyes.code.readPull(other, approversIn(proposed))
    if (facts.kind === 'found') pulls.push(await complete(eyes, facts.value, { others: [], also: proposed }))
  }
  const tags = config.kind === 'valid' ? [] : await tagsOf(eyes, snapshot)
  const outlook: Outlook = { pulls, more: Math.max(0, open.total - open.pulls.length), tags }
  return { ...snapshot, outlook }
}

function approversIn({ merge, 'policy-owners': owners }: Config): readonly string[] {
  const approvers = typeof merge.approvers === 'string' ? [] : merge.approvers
  return [...new Set([...approvers, ...owners])]
}

async function tagsOf({ code }: Eyes, { ref, pull }: PullSnapshot): Promise<readonly string[]> {
  const line = await code.readLine({ kind: 'line', repository: ref.repository, branch: pull.base }, nothingAsked)
  return line.kind === 'found' ? line.value.tags.map(({ name }) => name) : []
}
