import { parsePayloadSeal, parseSeal } from '../model/audit.ts'
import type { Repository } from '../model/ref.ts'
import type { Witness } from '../model/verify-chain.ts'
import { tagMessagesQuery } from './audited-query.ts'
import { at, callRest } from './call-rest.ts'
import { child, childOrNull, connection, integer, isJson, type Json, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { runQuery } from './run-query.ts'

/** A tag, the commit it comes down to, and the message of an annotated one. */
export type AuditedTag = { readonly name: string; readonly sha: string; readonly message: string }

/** Every head of the audit log that GitHub holds: in the messages of tags, and in the payloads of our own deployments. */
export async function readWitnesses(
  octokit: Octokit,
  repository: Repository,
  slug: string,
): Promise<readonly Witness[]> {
  const tags = await readAuditedTags(octokit, repository)
  const tagged = tags.flatMap(({ name, message }): readonly Witness[] => {
    const seal = parseSeal(message)
    return seal === null ? [] : [{ ...seal, where: `the tag ${name}` }]
  })
  return [...tagged, ...(await readDeployments(octokit, repository, slug))]
}

/** All tags; one query for every 100. */
export async function readAuditedTags(octokit: Octokit, repository: Repository): Promise<readonly AuditedTag[]> {
  const { owner, name } = repository
  const tags: AuditedTag[] = []
  for (let after: string | null = null; ; ) {
    const variables = { owner, name, after }
    const { data } = await runQuery(octokit, { name: 'WaybillTagMessages', text: tagMessagesQuery, variables })
    const page = connection(child(data, 'repository'), 'refs')
    tags.push(...page.nodes.flatMap(parseAuditedTag))
    if (page.next === null) return tags
    after = page.next
  }
}

function parseAuditedTag(json: Json): readonly AuditedTag[] {
  const target = childOrNull(json, 'target')
  if (target === null) return []
  const name = text(json, 'name')
  if (target['__typename'] !== 'Tag') return [{ name, sha: text(target, 'oid'), message: '' }]
  const message = typeof target['message'] === 'string' ? target['message'] : ''
  return [{ name, sha: text(child(target, 'target'), 'oid'), message }]
}

async function readDeployments(octokit: Octokit, repository: Repository, slug: string): Promise<readonly Witness[]> {
  const witnesses: Witness[] = []
  for (let page = 1; ; page++) {
    const { data } = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/deployments',
      parameters: { ...at(repository), per_page: 100, page },
    })
    const all = Array.isArray(data) ? data.filter(isJson) : []
    witnesses.push(...all.flatMap((json) => parseDeploymentWitness(json, slug)))
    if (all.length < 100) return witnesses
  }
}

/** Anybody may write a payload; only our own App's counts. */
function parseDeploymentWitness(json: Json, slug: string): readonly Witness[] {
  const creator = childOrNull(json, 'creator')
  const payload = json['payload']
  if (creator?.['login'] !== `${slug}[bot]` || !isJson(payload)) return []
  const seal = parsePayloadSeal(payload['audit'])
  return seal === null ? [] : [{ ...seal, where: `deployment ${integer(json, 'id')}` }]
}
