import type { Config } from '../model/config-schema.ts'
import { Failed } from '../model/failure.ts'
import type { Tag } from '../model/line.ts'
import { compareVersions, parseAnyVersionTag, parseVersionTag } from '../model/version.ts'
import { childOrNull, integer } from './json.ts'
import type { LineSource } from './line-page.ts'
import { parseRepository } from './reader.ts'
import { runQuery } from './run-query.ts'

/** So many tags of each kind are asked about at once, the highest versions first. */
const most = 20

/** Which commits below a head were asked about before; they stay true as long as the branch only grows. */
export type Below = Map<string, boolean>

/**
 * The names of tags on commits of the line's history that the walk did not reach, as far as they can change the next
 * version: those above the highest version walked, and, where none of the configured shape was, those of any shape. The
 * highest that is below decides, so that it is asked on until one is; hardly ever more than one query, and none when
 * everything is known.
 */
export async function readBelow(
  source: LineSource,
  on: {
    readonly head: string
    readonly tags: readonly Tag[]
    readonly walked: ReadonlySet<string>
    readonly config: Config
    readonly known: Below
  },
): Promise<ReadonlySet<string>> {
  const { above, others } = doubtfulTags(on)
  const isBelow = (tag: Tag) => on.known.get(tag.sha) === true
  for (let from = 0; from < Math.max(above.length, others.length); from += most) {
    const some = [above, others].flatMap((tags) => tags.slice(from, from + most))
    const unknown = [...new Set(some.map((tag) => tag.sha))].filter((sha) => !on.known.has(sha))
    for (const [sha, below] of await ask(source, on.head, unknown)) on.known.set(sha, below)
    const isLast = above.length <= from + most
    if (some.some((tag) => isBelow(tag) && (isLast || above.includes(tag)))) break
  }
  return new Set([...above, ...others].filter(isBelow).map((tag) => tag.name))
}

type Doubtful = {
  /** Of the configured shape. */
  readonly above: readonly Tag[]
  readonly others: readonly Tag[]
}

function doubtfulTags({
  tags,
  walked,
  config,
}: {
  readonly tags: readonly Tag[]
  readonly walked: ReadonlySet<string>
  readonly config: Config
}): Doubtful {
  const pattern = config.release?.tag
  if (pattern === undefined) return { above: [], others: [] }
  const all = tags.map((tag) => ({ tag, version: parseVersionTag(tag.name, pattern) }))
  const versions = all.flatMap(({ tag, version }) => (version === null ? [] : [{ tag, version }]))
  const met = versions.filter(({ tag }) => walked.has(tag.sha)).map(({ version }) => version)
  const highest = met.toSorted(compareVersions).at(-1) ?? null
  const above = versions.filter(({ version }) => highest === null || compareVersions(version, highest) > 0)
  const others = tags.flatMap((tag) => {
    const version = parseVersionTag(tag.name, pattern) === null ? parseAnyVersionTag(tag.name)?.version : undefined
    return version === undefined || highest !== null ? [] : [{ tag, version }]
  })
  const isAside = (tag: Tag) => !walked.has(tag.sha)
  return { above: highestFirst(above).filter(isAside), others: highestFirst(others).filter(isAside) }
}

type Versioned = { readonly tag: Tag; readonly version: string }

function highestFirst(versions: readonly Versioned[]): readonly Tag[] {
  return versions.toSorted((a, b) => compareVersions(b.version, a.version)).map(({ tag }) => tag)
}

/** One query: is each of these commits part of the history of the branch? */
export function belowQuery(commits: number): string {
  const each = Array.from({ length: commits }, (_, at) => at)
  return `
query WaybillBelow($owner: String!, $name: String!, $ref: String!, ${each.map((at) => `$sha${at}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
    databaseId
    ref(qualifiedName: $ref) {
      target { oid }
      ${each.map((at) => `below${at}: compare(headRef: $sha${at}) { aheadBy }`).join('\n      ')}
    }
  }
}`
}

/** GitHub can't compare commits without a common history: such a one is not below. */
async function ask({ reader, octokit, ref }: LineSource, head: string, shas: readonly string[]): Promise<Below> {
  if (shas.length === 0) return new Map()
  const { owner, name } = ref.repository
  const shaVariables = Object.fromEntries(shas.map((sha, at) => [`sha${at}`, sha]))
  const variables = { owner, name, ref: `refs/heads/${ref.branch}`, ...shaVariables }
  const mayMiss = (path: string) => /^repository\.ref\.below\d+$/.test(path)
  const query = { name: 'WaybillBelow', text: belowQuery(shas.length), variables, mayMiss }
  const repository = parseRepository(await runQuery(octokit, query), ref.repository)
  const branch = repository.kind === 'found' ? childOrNull(repository.value, 'ref') : null
  if (branch === null || childOrNull(branch, 'target')?.['oid'] !== head) {
    throw new Failed({ kind: 'busy', until: reader.now() + 1000, cause: 'the line moved while it was read' })
  }
  return new Map(
    shas.map((sha, at) => {
      const compared = childOrNull(branch, `below${at}`)
      return [sha, compared !== null && integer(compared, 'aheadBy') === 0]
    }),
  )
}
