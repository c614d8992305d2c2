import { eventually } from '../../sandbox/eventually.ts'
import type { Json, People } from '../../sandbox/people.ts'
import type { Stage } from './open-stage.ts'
import type { Life } from './play-life.ts'

/** What does not hold after a life, each a sentence that begins with its number; none is what is wanted. */
export async function brokenInvariants(
  stage: Stage,
  { name, people, life }: { readonly name: string; readonly people: People; readonly life: Life },
): Promise<readonly string[]> {
  const repository = await repositoryId(people)
  return [
    ...undelivered(stage, name),
    ...(await made(people, life)),
    ...(await gates(people, life)),
    ...(await audited(stage, repository)),
    ...(await drained(stage, repository)),
  ]
}

async function repositoryId(people: People): Promise<number> {
  const json = await people.call('developer', 'GET :repo')
  return typeof json === 'object' && json !== null && 'id' in json ? Number(json.id) : 0
}

/** I1: no delivery that was accepted is lost, and none was refused. */
function undelivered({ sandbox }: Stage, name: string): readonly string[] {
  return sandbox.github
    .deliveries()
    .filter(({ envelope, statusCode }) => {
      const repository = envelope.payload['repository']
      const here = typeof repository === 'object' && repository !== null && 'name' in repository
      return here && repository.name === name && statusCode !== 202
    })
    .map(({ envelope, statusCode }) => `I1: ${envelope.event} was answered ${statusCode}`)
}

/** I2: one of each. */
async function made(people: People, { merge, pull }: Life): Promise<readonly string[]> {
  const tags = await listed(people, 'GET :repo/tags')
  const releases = await people.releases()
  const comments = (await people.comments(pull)).filter((one) => one.by === 'waybill[bot]')
  const living = comments.filter((one) => /\| staging \|/.test(one.body))
  const counts: readonly (readonly [string, number, number])[] = [
    ['tags', tags.length, 1],
    ['releases', releases.length, 1],
    ['deployments to staging', (await people.deployments('staging')).length, 1],
    ['deployments to production', (await people.deployments('production')).length, 1],
    ['living comments', living.length, 1],
    ['equal comments', comments.length - new Set(comments.map((one) => one.body)).size, 0],
  ]
  const wrong = counts.filter(([, is, should]) => is !== should)
  const elsewhere = (await people.deployments('production')).filter((one) => one.sha !== merge)
  return [
    ...wrong.map(([what, is, should]) => `I2: ${is} ${what}, not ${should}`),
    ...elsewhere.map((one) => `I2: ${one.sha} was deployed, not ${merge}`),
  ]
}

/** I3: the gate says at last what is true. I4: it never passed before the review. */
async function gates(people: People, { head, pull }: Life): Promise<readonly string[]> {
  const answer = await people.call('developer', `GET :repo/commits/${head}/check-runs?filter=all&per_page=100`)
  const runs = itemsOf(answer, 'check_runs').filter((run) => run['name'] === 'waybill/gate')
  const newest = runs.toSorted((a, b) => Number(b['id']) - Number(a['id']))[0]
  const [review] = await listed(people, `GET :repo/pulls/${pull}/reviews`)
  const reviewed = Date.parse(String(review?.['submitted_at']))
  const early = runs.filter((run) => {
    // GitHub's times have whole seconds.
    return run['conclusion'] === 'success' && Date.parse(String(run['completed_at'])) < reviewed - 1000
  })
  return [
    ...(newest?.['conclusion'] === 'success' ? [] : [`I3: the gate says ${String(newest?.['conclusion'])}`]),
    ...early.map((run) => `I4: the gate passed at ${String(run['completed_at'])}, before the review`),
  ]
}

/** I5: everything that let something through is in the audit log. */
async function audited({ query }: Stage, repository: number): Promise<readonly string[]> {
  const rows = await query('select action, count(*)::int as n from audit where repository_id = $1 group by action', [
    repository,
  ])
  const actions = new Set(rows.map((row) => String(row['action'])))
  return ['release', 'deploy']
    .filter((action) => ![...actions].some((one) => one.includes(action)))
    .map((action) => {
      return `I5: nothing of a ${action} in the audit log (${[...actions].join(', ')})`
    })
}

/**
 * I8: nothing waits in the queue. A claim whose answer was lost may stay open where a later read saw the thing itself: it
 * holds nothing up, and I2 counts the things.
 */
async function drained({ query }: Stage, repository: number): Promise<readonly string[]> {
  const open = async () => {
    const jobs = await query(
      `select name, singleton_key, state from pgboss.job where state < 'completed' and name in ('pass', 'outbox', 'parked')
        and singleton_key ~ $1`,
      [`^[a-z]+:${repository}(:|$)`],
    )
    return jobs.map((job) => `I8: ${String(job['name'])} ${String(job['singleton_key'])} is ${String(job['state'])}`)
  }
  let last: readonly string[] = []
  await eventually('the queue to drain', async () => {
    last = await open()
    return last.length === 0 ? true : null
  }).catch(() => null)
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
