import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { createPeople } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../../sandbox/start-waybill.ts'
import { embeddedPlace, postgresPlace } from '../store/databases.ts'

/**
 * Waybill runs as a process of its own and is killed at named points: between look, claim, write and confirm of each
 * thing it makes on a line. Each start is killed at the next point, so that one line is killed at all of them in turn.
 * A start on the embedded database takes twice the work, and so it is killed once there.
 */
const lines = [
  {
    on: 'PostgreSQL',
    place: async () => ({ DATABASE_URL: (await postgresPlace()).url }),
    points: [
      'create-tag.after-claim',
      'tag.after-object',
      'publish-release.after-claim',
      'release.after-write',
      'create-deployment.after-claim',
      'deployment.after-write',
      'say-on-pull.after-claim',
      'comment.after-write',
    ],
  },
  {
    on: 'the embedded database',
    place: async () => ({ WAYBILL_DATA: (await embeddedPlace()).directory }),
    points: ['tag.after-ref'],
  },
] as const

const program = fileURLToPath(new URL('./hasty-waybill.ts', import.meta.url))

describe.concurrent('V8: whatever kills the process, after the next start there is exactly one of each', () => {
  it.for(lines)(
    'on $on, killed between look, claim, write and confirm of the tag, the release, the deployment and the comment',
    async ({ place, points }, { expect, signal, onTestFinished }) => {
      const sandbox = await startSandbox({})
      const database = await place()
      let dying: Promise<Waybill> | null = null
      // A try that ran out of time starts no more of them, and leaves none behind.
      const begin = (crashpoint: string | null): Promise<Waybill> => {
        signal.throwIfAborted()
        dying = startDying(sandbox, database, crashpoint)
        return dying
      }
      onTestFinished(async () => {
        await dying?.then((waybill) => waybill.close()).catch(() => null)
        await sandbox.close()
        if ('WAYBILL_DATA' in database) await rm(database.WAYBILL_DATA, { recursive: true, force: true })
      })
      const { url, repository, tokens } = sandbox.github
      const people = createPeople({ github: url, jira: sandbox.jira.url, repository, tokens })
      const [first, ...others] = points
      let waybill = await begin(first)
      const head = await people.push('developer', 'SHOP-1-change')
      const pull = await people.openPull('developer', { branch: 'SHOP-1-change', title: 'SHOP-1 A change' })
      await people.report(head, 'success')
      await people.review('reviewer', pull)
      await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
      const merge = await people.merge('developer', pull)
      await people.report(merge, 'success')
      for (const next of [...others, null]) {
        await waybill.ended
        waybill = await begin(next)
      }
      await eventually('the living comment', async () => {
        return (await people.comments(pull)).find((comment) => comment.body.startsWith('Released as')) ?? null
      })
      expect(await people.commitAt('developer', 'refs/tags/v0.1.0')).toBe(merge)
      expect(await people.commitAt('developer', 'refs/tags/v0.1.1')).toBeNull()
      expect((await people.releases()).map((release) => release.tag)).toEqual(['v0.1.0'])
      expect((await people.deployments('staging')).map((deployment) => deployment.sha)).toEqual([merge])
      expect(await people.comments(pull)).toHaveLength(1)
    },
  )
})

function startDying(
  sandbox: Sandbox,
  database: Readonly<Record<string, string>>,
  crashpoint: string | null,
): Promise<Waybill> {
  const dies = crashpoint === null ? {} : { WAYBILL_CRASHPOINT: crashpoint }
  return startWaybill(sandbox, { ...database, LOG_LEVEL: 'silent', ...dies }, program)
}
