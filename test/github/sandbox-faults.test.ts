import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultNames } from '../../sandbox/github/faults.ts'
import { Failed } from '../../src/model/failure.ts'
import type { PullRef } from '../../src/model/ref.ts'
import type { Code, CodeEffect } from '../../src/reconcile/world/code.ts'
import { type OpenGitHub, openGitHub } from '../sandbox/github/open-github.ts'
import { codeAt, merged, patientPace, value } from './sandbox-code.ts'

let github: OpenGitHub
let code: Code
/** One pull request for all of them, merged. */
let ref: PullRef
let sha: string
/** How far Waybill's clock runs ahead, so that nobody waits for a limit to end (ms). */
let ahead = 0

beforeAll(async () => {
  github = await openGitHub()
  // Not for ever: some of what is asked for is never answered.
  code = await codeAt(github, { pace: { ...patientPace, timeout: 500 }, ahead: () => ahead })
  const people = await github.repository()
  const pull = await merged(people, 'SHOP-7-gift-cards')
  sha = pull.sha
  const { id, name } = people.repository
  const repository = { installationId: github.world.installation.id, id, owner: 'acme', name }
  ref = { kind: 'pull', repository, number: pull.number }
})
afterAll(() => github.close())
afterEach(() => expect(github.violations).toEqual([]))

describe('a sandbox that fails', () => {
  const order = (fault: object) => github.call('', 'POST /_sandbox/faults', fault)

  /** Does it again as the queue would: not before the time a failure names. What is no `Failed` is thrown. */
  async function untilDone<T>(act: () => Promise<T>): Promise<T> {
    for (let tries = 0; tries < 6; tries++) {
      try {
        return await act()
      } catch (error) {
        if (!(error instanceof Failed)) throw error
        if (error.failure.kind === 'busy') ahead = Math.max(ahead, error.failure.until - Date.now())
      }
    }
    throw new Error('never done')
  }

  afterEach(() => github.call('', 'DELETE /_sandbox/faults'))

  it.each(faultNames)('reads the same after %s', async (fault) => {
    const read = () => value(code.readPull(ref))
    const before = await read()
    for (const phase of ['before', 'after']) {
      expect((await order({ call: 'POST /graphql WaybillPull', fault, phase })).status).toBe(201)
      expect(await untilDone(read)).toEqual(before)
    }
  })

  it.each(faultNames.filter((fault) => !fault.startsWith('graphql-')))('tags once through %s', async (fault) => {
    for (const phase of ['before', 'after']) {
      const tag: CodeEffect = { kind: 'create-tag', tag: `${fault}-${phase}`, sha, message: 'x' }
      await order({ call: 'POST /repos/{owner}/{repo}/git/refs', fault, phase })
      expect(await untilDone(() => code.write(ref.repository, tag, null))).toEqual({ id: 0, sha })
    }
    const { owner, name } = ref.repository
    const { items } = await github.call('developer', `GET /repos/${owner}/${name}/tags`)
    expect(items.filter((item) => String(item['name']).startsWith(`${fault}-`))).toHaveLength(2)
  })

  it.each(['before', 'after'])('says and reports once what it is answered 404 to, %s it was done', async (phase) => {
    const { owner, name } = ref.repository
    const say: CodeEffect = { kind: 'call-people', key: `call:${phase}`, pull: ref.number, body: `Called ${phase}.` }
    await order({ call: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', fault: '404-once', phase })
    const { id } = await code.write(ref.repository, say, null)
    const { items } = await github.call('developer', `GET /repos/${owner}/${name}/issues/${ref.number}/comments`)
    expect(items.filter((item) => String(item['body']).startsWith(say.body))).toMatchObject([{ id }])
  })
})
