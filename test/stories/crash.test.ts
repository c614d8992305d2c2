import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { createPeople, type People } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../../sandbox/start-waybill.ts'

/**
 * Waybill runs as a process of its own and is killed at a named point: between look, claim, write and confirm of each
 * thing it makes on a line, and started again.
 */
const points = [
  'create-tag.after-claim',
  'tag.after-object',
  'tag.after-ref',
  'publish-release.after-claim',
  'release.after-write',
  'create-deployment.after-claim',
  'deployment.after-write',
  'say-on-pull.after-claim',
  'comment.after-write',
] as const

let sandbox: Sandbox
let data: string
beforeAll(async () => {
  sandbox = await startSandbox({})
  data = await mkdtemp(join(tmpdir(), 'waybill-crash-'))
})
afterAll(async () => {
  await sandbox.close()
  await rm(data, { recursive: true, force: true })
})

function begin(crashpoint: string | null): Promise<Waybill> {
  const dies = crashpoint === null ? {} : { WAYBILL_CRASHPOINT: crashpoint }
  return startWaybill(sandbox, { WAYBILL_DATA: data, LOG_LEVEL: 'silent', ...dies })
}

async function freshPeople(name: string): Promise<People> {
  const made = await fetch(`${sandbox.github.url}/_sandbox/repositories`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  expect(made.ok).toBe(true)
  return createPeople({
    github: sandbox.github.url,
    jira: sandbox.jira.url,
    repository: `acme/${name}`,
    tokens: sandbox.github.tokens,
  })
}

/** Everything up to the green merge commit, after which the line is made to move. */
async function mergedAndGreen(people: People) {
  const head = await people.push('developer', 'SHOP-1-change')
  const pull = await people.openPull('developer', { branch: 'SHOP-1-change', title: 'SHOP-1 A change' })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  return { merge, pull }
}

async function expectOnce(
  people: People,
  { merge, pull }: { readonly merge: string; readonly pull: number },
): Promise<void> {
  await eventually(
    'the living comment',
    async () => {
      return (await people.comments(pull)).find((comment) => comment.body.startsWith('Released as')) ?? null
    },
    40_000,
  )
  expect(await people.commitAt('developer', 'refs/tags/v0.1.0')).toBe(merge)
  expect(await people.commitAt('developer', 'refs/tags/v0.1.1')).toBeNull()
  expect((await people.releases()).map((release) => release.tag)).toEqual(['v0.1.0'])
  expect((await people.deployments('staging')).map((deployment) => deployment.sha)).toEqual([merge])
  expect(await people.comments(pull)).toHaveLength(1)
}

describe('V8: whatever kills the process, after the next start there is exactly one of each', () => {
  it('killed between look, claim, write and confirm of the tag, the release, the deployment and the comment', async () => {
    for (const [at, point] of points.entries()) {
      const people = await freshPeople(`shop-crash-${at}`)
      const dying = await begin(point)
      const made = await mergedAndGreen(people)
      await dying.ended
      const next = await begin(null)
      await expectOnce(people, made).catch((error: unknown) => {
        throw new Error(`killed at ${point}`, { cause: error })
      })
      await next.close()
    }
  }, 180_000)
})
