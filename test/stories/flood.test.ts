import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { postReview } from '../soak/post-review.ts'
import { postgresPlace } from '../store/databases.ts'
import { openTown } from './town.ts'

const pulls = 10
/** `DELIVERIES=10000 npx vitest run test/stories/flood.test.ts` shows it at its real size, and prints how long they took. */
const deliveries = Number(process.env['DELIVERIES'] ?? 2000)
/** Under way at a time. */
const together = 40

it(`F18: ${deliveries} deliveries at once about ${pulls} pull requests are all kept, and cost few looks; the newest verdicts come`, async () => {
  const { url } = await postgresPlace()
  const town = await openTown({ url })
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  try {
    const { github, webhookSecret: secret } = town.sandbox
    const people = await town.repository()
    const json = await people.call('developer', 'GET :repo')
    const id = typeof json === 'object' && json !== null && 'id' in json ? Number(json.id) : 0
    const repository = { id, name: people.repository.replace('acme/', '') }
    const installationId = github.state.installations[0]?.id ?? 0
    const heads: string[] = []
    for (let number = 1; number <= pulls; number++) {
      const head = await people.push('developer', `SHOP-1-part-${number}`)
      await people.openPull('developer', { branch: `SHOP-1-part-${number}`, title: `SHOP-1 Part ${number}` })
      await people.report(head, 'success')
      heads.push(head)
    }
    await town.webhooks({ mode: 'drop' })
    for (let number = 1; number <= pulls; number++) await people.review('reviewer', number)
    await town.forgetRequests()
    const begun = performance.now()
    const ids = Array.from({ length: deliveries }, () => randomUUID())
    const left = [...ids.entries()]
    let most = 0
    const send = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [at, delivery] = next
        const target = { installationId, repository, number: 1 + (at % pulls) }
        const status = await postReview(town.waybill.url, { id: delivery, secret, target }).catch(() => 0)
        if (status !== 202) left.push(next)
        if (at % 100 === 0) most = Math.max(most, await mostActive(database))
      }
    }
    await Promise.all(Array.from({ length: together }, send))
    const taken = performance.now() - begun
    const kept = await database.query('select count(*)::int as n from deliveries where id = any($1)', [ids])
    expect(kept.rows).toEqual([{ n: deliveries }])
    for (const head of heads) {
      const green = async () => (await people.check(head, 'waybill/gate'))?.conclusion === 'success' || null
      await eventually('a green gate', green, 60_000)
    }
    if (process.env['DELIVERIES'] !== undefined) {
      const decided = performance.now() - begun - taken
      console.log(`${deliveries} kept in ${Math.round(taken)} ms, the last verdict ${Math.round(decided)} ms later`)
    }
    expect(most).toBeLessThanOrEqual(1)
    const looks = (await town.requests()).filter(({ call }) => call.endsWith('WaybillPull')).length
    // The first four at once, and then one in three seconds.
    expect(looks).toBeLessThanOrEqual(pulls * (5 + (performance.now() - begun) / 3000))
  } finally {
    await database.end()
    await town.close()
  }
}, 240_000)

/** Passes over one pull request that are active at the same time, the most of all. */
async function mostActive(database: pg.Client): Promise<number> {
  const { rows } = await database.query(`select max(n)::int as most from (
    select count(*) as n from pgboss.job where name = 'pass' and state = 'active' group by singleton_key) as active`)
  return Number(rows[0]?.most ?? 0)
}
