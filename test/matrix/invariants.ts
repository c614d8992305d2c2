import { eventually } from '../../sandbox/eventually.ts'
import type { Json } from '../../sandbox/people/json.ts'
import type { People } from '../../sandbox/people.ts'
import type { Stage } from './open-stage.ts'
import { patience } from './roads/steps.ts'
import type { Ended } from './roads.ts'

/** What does not hold after a life, each a sentence that begins with its number; none is what is wanted. */
export async function brokenInvariants(
  { query }: Pick<Stage, 'query'>,
  { people, ended }: { readonly people: People; readonly ended: Ended },
): Promise<readonly string[]> {
  const repository = await repositoryId(people)
  // What is still on its way is waited for first.
  const waiting = await drained({ query }, people)
  return [
    ...waiting,
    ...(await made(people, ended)),
    ...(await gates(people, ended)),
    ...(await audited(query, { repository, ended })),
  ]
}

async function repositoryId(people: People): Promise<number> {
  const json = await people.call('developer', 'GET :repo')
  return typeof json === 'object' && json !== null && 'id' in json ? Number(json.id) : 0
}

/**
 * I1: no delivery is lost. One that was not kept in time was refused, so that GitHub has it on record: then it was kept a
 * little later all the same, or comes again with the next sweep.
 */
export async function undelivered(stage: Stage, name: string): Promise<readonly string[]> {
  let last: readonly string[] = []
  const allTaken = async () => {
    last = await refusedIn(stage, name)
    return last.length === 0 ? true : null
  }
  await eventually('what was refused to come again', allTaken, patience.within, 1000).catch(() => null)
  return last
}

async function refusedIn({ sandbox, query }: Stage, name: string): Promise<readonly string[]> {
  const here = sandbox.github.deliveries().filter(({ envelope }) => {
    const repository = envelope.payload['repository']
    return typeof repository === 'object' && repository !== null && 'name' in repository && repository.name === name
  })
  const taken = new Set(here.filter(({ statusCode }) => statusCode === 202).map(({ envelope }) => envelope.guid))
  const refused = here.filter(({ envelope }) => !taken.has(envelope.guid))
  if (refused.length === 0) return []
  const rows = await query('select id from deliveries where id = any($1)', [
    refused.map(({ envelope }) => envelope.guid),
  ])
  const kept = new Set(rows.map((row) => row['id']))
  return refused
    .filter(({ envelope }) => !kept.has(envelope.guid))
    .map(({ envelope, statusCode }) => `I1: ${envelope.event} was answered ${statusCode}, and never came again`)
}

/** I2: one of each, and nothing else. */
async function made(people: People, { pulls, tags, releases = tags, deployments }: Ended): Promise<readonly string[]> {
  const counts: (readonly [string, number, number])[] = [
    ['tags', (await listed(people, 'GET :repo/tags')).length, tags],
    ['releases', (await people.releases()).length, releases],
  ]
  for (const { number } of pulls) {
    const comments = (await people.comments(number)).filter((one) => one.by === 'waybill[bot]')
    const living = comments.filter((one) => /^Released as/.test(one.body))
    counts.push([`living comments on #${number}`, living.length, tags === 0 ? 0 : 1])
    counts.push(['equal comments', comments.length - new Set(comments.map((one) => one.body)).size, 0])
  }
  const wrong = counts.filter(([, is, should]) => is !== should)
  return [
    ...wrong.map(([what, is, should]) => `I2: ${is} ${what}, not ${should}`),
    ...(await wronglyDeployed(people, deployments)),
  ]
}

async function wronglyDeployed(people: People, deployments: Ended['deployments']): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const [environment, should] of Object.entries(deployments)) {
    const is = (await people.deployments(environment)).map((one) => one.sha).toSorted()
    if (is.join() !== should.toSorted().join()) wrong.push(`I2: ${environment} got ${is.join()}, not ${should.join()}`)
  }
  return wrong
}

/** I3: the gate says at last what is true. I4: it never passed before the review. */
async function gates(people: People, { pulls }: Ended): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { number, head, reviewed } of pulls) {
    const answer = await people.call('developer', `GET :repo/commits/${head}/check-runs?filter=all&per_page=100`)
    const runs = itemsOf(answer, 'check_runs').filter((run) => run['name'] === 'waybill/gate')
    const newest = runs.toSorted((a, b) => Number(b['id']) - Number(a['id']))[0]
    if (newest?.['conclusion'] !== 'success') wrong.push(`I3: the gate says ${String(newest?.['conclusion'])}`)
    if (!reviewed) continue
    const [review] = await listed(people, `GET :repo/pulls/${number}/reviews`)
    const at = Date.parse(String(review?.['submitted_at']))
    for (const run of runs) {
      // GitHub's times have whole seconds.
      const early = run['conclusion'] === 'success' && Date.parse(String(run['completed_at'])) < at - 1000
      if (early) wrong.push(`I4: the gate passed at ${String(run['completed_at'])}, before the review`)
    }
  }
  return wrong
}

/** I5: every tag, release and deployment is in the audit log. */
async function audited(
  query: Stage['query'],
  { repository, ended }: { readonly repository: number; readonly ended: Ended },
): Promise<readonly string[]> {
  const rows = await query('select action, count(*)::int as n from audit where repository_id = $1 group by action', [
    repository,
  ])
  const actions = rows.map((row) => String(row['action']))
  const wanted = [
    ...(ended.tags > 0 ? ['release'] : []),
    ...Object.entries(ended.deployments).flatMap(([environment, all]) => {
      return all.length === 0 ? [] : [environment === 'rush' ? 'rush' : 'deploy']
    }),
  ]
  return [...new Set(wanted)]
    .filter((action) => !actions.some((one) => one.includes(action)))
    .map((action) => `I5: nothing of a ${action} in the audit log (${actions.join(', ')})`)
}

/**
 * I8: nothing waits in the queue. A claim whose answer was lost may stay open where a later read saw the thing itself: it
 * holds nothing up, and I2 counts the things.
 */
export async function drained({ query }: Pick<Stage, 'query'>, people: People): Promise<readonly string[]> {
  const repository = await repositoryId(people)
  const open = async () => {
    const jobs = await query(
      `select name, singleton_key, state from pgboss.job where state < 'completed' and name in ('pass', 'outbox', 'parked')
        and singleton_key ~ $1`,
      [`^[a-z]+:${repository}(:|$)`],
    )
    return jobs.map((job) => `I8: ${String(job['name'])} ${String(job['singleton_key'])} is ${String(job['state'])}`)
  }
  let last: readonly string[] = []
  const isEmpty = async () => {
    last = await open()
    return last.length === 0 ? true : null
  }
  await eventually('the queue to drain', isEmpty, patience.within).catch(() => null)
  return last
}

async function listed(people: People, request: string): Promise<readonly Json[]> {
  const answer = await people.call('developer', request)
  return Array.isArray(answer) ? answer : []
}

function itemsOf(value: unknown, key: string): readonly Json[] {
  const items = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null
  return Array.isArray(items) ? items : []
}
