import type { Proposal } from '../model/proposal.ts'
import { at, callRest } from './call-rest.ts'
import { fileIdentity } from './configuration-file.ts'
import type { ConfigPlace } from './configurations.ts'
import { isJson, type Json } from './json.ts'
import { keep } from './known.ts'
import type { Reader } from './reader.ts'

/** GitHub lists at most 3000 files of a pull request (docs.github.com/rest/pulls/pulls#list-pull-requests-files). */
const mostPages = 30

/** `place` is the base, `head` the commit that the pull request would bring (`WaybillConfiguration`). */
type Asked = {
  readonly place: ConfigPlace
  readonly head: Json
  readonly number: number
  readonly headSha: string
}

/**
 * What a pull request does to the configuration, or null where it leaves the file alone. Costs nothing while base and
 * head hold the same file; else its changed files are listed, once for each head.
 */
export async function readProposal(reader: Reader, { place, head, number, headSha }: Asked): Promise<Proposal | null> {
  const file = fileIdentity(head)
  if (file === fileIdentity(place.target)) return null
  const key = `${place.repository.id}:${place.branch}:${headSha}`
  const known = reader.known.touched.get(key)
  const touched = known ?? (await touchesFile(place, number))
  if (known === undefined) keep(reader.known.touched, key, touched)
  return touched ? { config: await reader.configurations.proposed({ ...place, target: head }), file } : null
}

/** A file that was renamed is named by what it was called, too. More files than GitHub lists may hold anything. */
async function touchesFile({ octokit, repository }: ConfigPlace, number: number): Promise<boolean> {
  for (let page = 1; page <= mostPages; page++) {
    const { data } = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
      parameters: { ...at(repository), pull_number: number, per_page: 100, page },
    })
    const files: readonly unknown[] = Array.isArray(data) ? data : []
    const names = files.filter(isJson).flatMap((one) => [one['filename'], one['previous_filename']])
    if (names.some((name) => name === '.github/waybill.yml' || name === '.github/waybill.yaml')) return true
    if (files.length < 100) return false
  }
  return true
}
