import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { budgetOf } from '../../src/web/read-signed.ts'
import type { ReceivedDelivery, ReceiveOptions, Refusal } from '../../src/web/receive.ts'
import { serve, type Web } from '../../src/web/serve.ts'

const current = 'the-secret-in-use'
const previous = 'the-secret-before'
const open: Web[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((web) => web.close(0)))
})

async function served(options: Partial<ReceiveOptions> = {}) {
  const one = await opened(options)
  open.push(one.web)
  return one
}

async function opened(options: Partial<ReceiveOptions> = {}) {
  const stored: ReceivedDelivery[] = []
  const refusals: Refusal[] = []
  const web = await serve({
    host: '127.0.0.1',
    port: 0,
    receive: {
      secrets: [current, previous],
      receive: async (delivery) => {
        stored.push(delivery)
      },
      fits: () => true,
      refused: (refusal) => refusals.push(refusal),
      ...options,
    },
    health: {
      readiness: { database: async () => {}, queue: async () => {} },
      page: async () => ({ type: 'text/plain', text: '' }),
      token: null,
    },
  })
  return { web, url: `${web.url}/api/github/webhooks`, stored, refusals }
}

function sign(body: string | Uint8Array, secret = current): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

function headersOf(body: string | Uint8Array, more: Record<string, string> = {}): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': sign(body),
    ...more,
  }
}

async function post(url: string, body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', headers: headersOf(body, more), body })
  return { status: response.status, text: await response.text() }
}

/** Two who say too little, and whether each was sent away in time: begun before all tests, since it takes five seconds. */
let quiet: { readonly web: Web; readonly sentAway: Promise<readonly boolean[]> }
beforeAll(async () => {
  const { web } = await opened()
  const { hostname, port } = new URL(web.url)
  const idle = connect(Number(port), hostname)
  const slow = connect(Number(port), hostname)
  slow.write('POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n')
  // Five seconds, and the one in which it is noticed: long before a whole request would have to be there. By this process's
  // own timers, and with some turns for what they set off: what it is busy with puts off both.
  const late = pause(14_000)
    .then(() => pause(200))
    .then(() => false)
  const sentAway = Promise.all(
    [idle, slow].map((socket) => {
      socket.on('error', () => {})
      socket.resume()
      return Promise.race([once(socket, 'close').then(() => true), late])
    }),
  )
  quiet = { web, sentAway }
})
afterAll(() => quiet.web.close(0))

describe('a signed delivery', () => {
  it('is stored under its id and event, and then answered', async () => {
    const { url, stored } = await served()
    expect(await post(url, '{"ref":"refs/heads/é"}')).toEqual({ status: 202, text: 'stored' })
    expect(stored).toEqual([
      { id: '72d3162e-cc78-11e3-81ab-4c9367dc0958', name: 'push', payload: { ref: 'refs/heads/é' } },
    ])
  })

  it('is valid under the old secret and the new one (X4)', async () => {
    const { url, stored } = await served()
    expect((await post(url, '{}', { 'x-hub-signature-256': sign('{}', previous) })).status).toBe(202)
    expect((await post(url, '{}', { 'x-hub-signature-256': sign('{}', 'some-other-secret') })).status).toBe(401)
    expect(stored).toHaveLength(1)
  })

  it('is answered with 503 when the store refuses it or takes too long', async () => {
    const refusing = await served({ receive: () => Promise.reject(new Error('no database')) })
    expect((await post(refusing.url, '{}')).status).toBe(503)
    const hanging = await served({ receive: () => new Promise(() => {}), patience: 50 })
    expect((await post(hanging.url, '{}')).status).toBe(503)
  })

  it('is 2xx each time it comes, at once or again (F1)', async () => {
    const { url } = await served()
    const all = await Promise.all(Array.from({ length: 5 }, () => post(url, '{"zen":1}')))
    for (let i = 0; i < 5; i++) all.push(await post(url, '{"zen":1}'))
    expect(all.map(({ status }) => status)).toEqual(Array(10).fill(202))
  })
})

describe('what is not signed (X1)', () => {
  const right = sign('{}')
  it.each([
    ['no signature', {}],
    ['an empty one', { 'x-hub-signature-256': '' }],
    ['a wrong one', { 'x-hub-signature-256': sign('{ }') }],
    ['sha1 only', { 'x-hub-signature': `sha1=${createHmac('sha1', current).update('{}').digest('hex')}` }],
    ['sha1 in its place', { 'x-hub-signature-256': 'sha1=7d38cdd689735b008b3c702edd92eea23791c5f6' }],
    ['a truncated one', { 'x-hub-signature-256': right.slice(0, -1) }],
    ['one that is too long', { 'x-hub-signature-256': `${right}0` }],
    ['one that is not hex', { 'x-hub-signature-256': `sha256=${'zz'.repeat(32)}` }],
    ['two', { 'x-hub-signature-256': [right, right] }],
  ])('a signature that is none is refused: %s', async (_what, signature: Record<string, string | string[]>) => {
    const { url, stored } = await served()
    const { 'x-hub-signature-256': _right, ...others } = headersOf('{}')
    const sent = request(url, { method: 'POST', headers: { ...others, ...signature } }).end('{}')
    const [response] = await once(sent, 'response')
    response.resume()
    expect([400, 401]).toContain(response.statusCode)
    expect(stored).toEqual([])
  })

  it.each([
    ['no event', { 'x-github-event': '' }],
    ['a strange event', { 'x-github-event': 'push\u00e9' }],
    ['no delivery id', { 'x-github-delivery': '' }],
    ['a long delivery id', { 'x-github-delivery': 'a'.repeat(65) }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('a header that is none of GitHub’s is refused: %s', async (_what, header) => {
    const { url, stored } = await served()
    expect((await post(url, '{}', header)).status).toBe(400)
    expect(stored).toEqual([])
  })

  it('is told to the operator without payload or signature', async () => {
    const { url, refusals } = await served()
    await post(url, '{"private":"thing"}', { 'x-hub-signature-256': sign('x') })
    expect(refusals).toEqual([
      {
        status: 401,
        why: 'the signature is not right',
        delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        event: 'push',
      },
    ])
  })
})

describe('strange JSON (X12)', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
    ['100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 422],
    ['100,000 deep in an object', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 202],
    ['a million keys', `{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":0`).join()}}`, 202],
    ['__proto__', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}', 202],
    ['lone surrogates', '{"a":"\\ud800"}', 202],
    ['NUL', '{"a":"\\u0000"}', 202],
    ['a raw NUL', '{"a":"\0"}', 400],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ['ids beyond 2^53', '{"installation":{"id":9007199254740993}}', 202],
    ['null', 'null', 422],
    ['a text', '"push"', 422],
    ['a list', '[{}]', 422],
    ['nothing', '', 400],
    ['half of it', '{"a":', 400],
  ])('%s', async (_what, body, status) => {
    const { url } = await served()
    expect((await post(url, body)).status).toBe(status)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect((await post(url, '{}')).status).toBe(202)
  })

  it('is 422 when the payload is of another event (X6)', async () => {
    const { url, stored } = await served({ fits: (name, payload) => Object.hasOwn(payload, name) })
    expect((await post(url, '{"issue":1}')).status).toBe(422)
    expect(stored).toEqual([])
  })
})

describe('too much (X9)', () => {
  const chunk = Buffer.alloc(1024 * 1024, 'a')

  /** Sends until the other side has had enough; resolves with the status, or null when the line was cut before. */
  async function flood(url: string, signature: string, declared?: number): Promise<number | null> {
    const headers = { ...headersOf(''), 'x-hub-signature-256': signature }
    const sent = request(url, {
      method: 'POST',
      headers: declared === undefined ? headers : { ...headers, 'content-length': String(declared) },
    })
    let status: number | null = null
    sent.on('response', (response) => {
      status = response.statusCode ?? null
      response.resume()
    })
    const ended = new Promise<void>((resolve) => {
      sent.on('close', () => resolve())
    })
    sent.on('error', () => {})
    for (let i = 0; i < 200 && !sent.destroyed && status === null; i++) {
      if (!sent.write(chunk)) await Promise.race([once(sent, 'drain').catch(() => {}), ended])
    }
    sent.end()
    await ended
    return status
  }

  it('refuses 50 MB that are announced, without reading them', async () => {
    const { url, stored } = await served()
    expect(await flood(url, sign('x'), 50 * 1024 * 1024)).toBe(413)
    expect(stored).toEqual([])
  })

  it('refuses an endless chunked body', async () => {
    const { url } = await served()
    expect(await flood(url, sign('x'))).toBe(413)
  })

  it('reads no body of a request without a signature', async () => {
    const { url } = await served()
    expect(await flood(url, '')).toBe(401)
  })

  it('holds less than 100 MB for eight at once, and receives again afterwards', async () => {
    const { url } = await served()
    const before = process.memoryUsage.rss()
    let most = 0
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss())
    }, 5)
    const statuses = await Promise.all(Array.from({ length: 8 }, () => flood(url, sign('x'))))
    clearInterval(timer)
    for (const status of statuses) expect([413, 503, null]).toContain(status)
    expect((most - before) / 1024 / 1024).toBeLessThan(100)
    expect((await post(url, '{}')).status).toBe(202)
  })

  it('lets slow senders that hold all the room go for one that comes to its end', async () => {
    const budget = budgetOf(3 * 1024 * 1024)
    const { url, stored, refusals } = await served({ budget })
    const slow = await Promise.all(
      [1, 2].map(async () => {
        const sent = request(url, { method: 'POST', headers: headersOf('') })
        sent.on('error', () => {})
        await new Promise<void>((resolve) => {
          sent.write(chunk, () => resolve())
        })
        return { gone: new Promise<void>((resolve) => sent.once('close', () => resolve())) }
      }),
    )
    await expect.poll(() => budget.held).toBe(2 * chunk.length)
    const body = JSON.stringify({ a: 'b'.repeat(2_500_000) })
    expect((await post(url, body)).status).toBe(202)
    await Promise.all(slow.map(({ gone }) => gone))
    expect(stored).toHaveLength(1)
    expect(refusals.map(({ status }) => status)).toEqual([503, 503])
    // What has no room by itself does not push anybody out for nothing.
    expect((await post(url, JSON.stringify({ a: 'b'.repeat(3_200_000) }))).status).toBe(503)
  })

  it('hands back the room of a sender that goes away', async () => {
    const { url } = await served({ budget: budgetOf(3 * 1024 * 1024) })
    for (let i = 0; i < 4; i++) {
      const sent = request(url, { method: 'POST', headers: headersOf('') })
      sent.on('error', () => {})
      await new Promise<void>((resolve) => {
        sent.write(chunk, () => resolve())
      })
      sent.destroy()
    }
    await expect.poll(async () => (await post(url, JSON.stringify({ a: 'b'.repeat(2_900_000) }))).status).toBe(202)
  })

  it('cuts slow headers and idle sockets', async () => {
    expect(await quiet.sentAway).toEqual([true, true])
  })
})
