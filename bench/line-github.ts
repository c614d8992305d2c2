import { createServer } from 'node:http'
import * as a from '../test/github/answers.ts'

/**
 * A GitHub that knows one line of any length, in a process of its own: `line-github.ts RELEASES ENVIRONMENTS`. Every merge
 * is a version, and the newest one is live everywhere. Prints its address. What a pass over a
 * quiet line does not ask answers 501.
 */
const [releases = 10, environments = 3] = process.argv.slice(2).map(Number)
const hour = 3_600_000
const names = Array.from({ length: environments }, (_, at) => `stage-${String(at + 1).padStart(2, '0')}`)
const configuration = `version: 1
issues: { projects: [SHOP], verify: false }
release: {}
environments:
${names.map((name) => `  - { name: ${name}, type: staging, deploy: auto }`).join('\n')}
`

const sha = (number: number) => number.toString(16).padStart(40, '0')
const tagOf = (number: number) => `v0.1.${number}`
const timeOf = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * hour).toISOString()

function commit(number: number): a.Piece {
  const pull = a.mergedPull({
    number,
    title: `SHOP-${number} change`,
    headRefName: `SHOP-${number}-change`,
    mergeCommit: { oid: sha(number) },
    createdAt: timeOf(number),
    updatedAt: timeOf(number),
  })
  return a.lineCommit(sha(number), number === 0 ? null : sha(number - 1), {
    committedDate: timeOf(number),
    ...(number === 0 ? { yml: null } : {}),
    associatedPullRequests: a.page(number === 0 ? [] : [pull]),
    ...a.checks([a.run({ startedAt: timeOf(number) })], [a.suite()]),
  })
}

function deployment(number: number, environment: string): a.Piece {
  const at = names.indexOf(environment)
  const claim = { environment, tag: tagOf(number), attempt: 1, wish: null, by: null, as: 'promotion', retries: null }
  const status = { description: 'ok', logUrl: null, environmentUrl: null, creator: a.bot(9, 'deployer') }
  const newer = { ...status, id: 's2', state: 'INACTIVE', createdAt: timeOf(number + 1) }
  const replaced = number === releases ? [] : [newer]
  return a.deployment({
    databaseId: number * 100 + at,
    environment,
    commitOid: sha(number),
    createdAt: timeOf(number),
    payload: JSON.stringify(JSON.stringify({ waybill: claim })),
    ref: { name: tagOf(number), prefix: 'refs/tags/' },
    latestStatus: { id: replaced.length === 0 ? 's1' : 's2' },
    statuses: a.page([...replaced, { ...status, id: 's1', state: 'SUCCESS', createdAt: timeOf(number) }]),
  })
}

/** `many` from the newest downwards, after the cursor, which is the number of the last one. */
function newest<T>(many: number, after: unknown, make: (number: number) => T) {
  const from = typeof after === 'string' ? Number(after) - 1 : releases
  const numbers = Array.from({ length: Math.max(0, Math.min(many, from)) }, (_, at) => from - at)
  const last = numbers.at(-1) ?? 0
  return a.page(numbers.map(make), { hasNextPage: last > 1, endCursor: String(last) })
}

function line(variables: a.Piece): a.Piece {
  const given = Object.entries(variables)
  const history = newest(Number(variables['depth'] ?? 20), variables['history'], commit)
  const target = { ...a.target({ oid: sha(releases), yml: a.file(configuration) }), history }
  const deployments = given.flatMap(([key, name]) => {
    const [, at] = /^environment(\d+)$/.exec(key) ?? []
    if (at === undefined) return []
    const many = Number(variables['manyDeployments'])
    return [[`deployments${at}`, newest(many, variables[`deployments${at}`], (one) => deployment(one, String(name)))]]
  })
  const tag = (number: number) => {
    const made = { __typename: 'Commit', oid: sha(number), committedDate: timeOf(number) }
    return { name: tagOf(number), target: { __typename: 'Tag', oid: `t${number}`, target: made } }
  }
  const release = (number: number) => ({ tagName: tagOf(number), isDraft: false, createdAt: timeOf(number) })
  return a.lineAnswer({
    ...('ref' in variables ? { ref: { target } } : { object: target }),
    refs: newest(100, variables['tags'], tag),
    releases: newest(Number(variables['manyReleases']), variables['releases'], release),
    ...Object.fromEntries(deployments),
  })
}

const none = { totalCount: 0, nodes: [] }
const refs = {
  data: {
    repository: {
      databaseId: 5,
      defaultBranchRef: {
        name: 'main',
        target: { ...a.target({ yml: a.file(configuration) }), statusCheckRollup: null },
      },
      tags: none,
      releases: none,
      deployments: none,
      pullRequests: a.page([]),
      refs: a.page([]),
    },
    organisation: null,
  },
}
let said = 0

const server = createServer(async (request, response) => {
  let text = ''
  for await (const chunk of request) text += chunk
  const body: { readonly operationName?: string; readonly variables?: a.Piece } = text === '' ? {} : JSON.parse(text)
  const answer = (status: number, json: object) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(json))
  }
  if (request.url?.endsWith('/access_tokens')) {
    const expires = new Date(Date.now() + hour).toISOString()
    return answer(201, { token: 'ghs_bench', expires_at: expires, permissions: {} })
  }
  if (body.operationName === 'WaybillLine') return answer(200, line(body.variables ?? {}))
  if (body.operationName === 'WaybillSealed') {
    const keys = Object.keys(body.variables ?? {}).filter((key) => key.startsWith('tag'))
    const tags = Object.fromEntries(keys.map((key) => [key, null]))
    return answer(200, { data: { repository: { databaseId: 5, ...tags } } })
  }
  if (body.operationName === 'WaybillRefs') return answer(200, refs)
  if (request.method === 'GET' && request.url?.includes('/comments')) return answer(200, [])
  if (request.url?.includes('/actions/runs')) return answer(200, { total_count: 0, workflow_runs: [] })
  // What the first pass says on the newest merges: taken, and not shown again.
  if (request.url !== '/graphql' && request.method !== 'GET') return answer(201, { id: ++said })
  process.stderr.write(`not answered: ${request.method} ${request.url} ${body.operationName ?? ''}\n`)
  answer(501, { message: 'not here' })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`)
})
