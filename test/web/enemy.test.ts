import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReceivedDelivery } from '../../src/web/receive.ts'
import { serve, type Web, type WebOptions } from '../../src/web/serve.ts'

const secret = 'the-secret-in-use'
const stored: ReceivedDelivery[] = []
let web: Web

const options: WebOptions = {
  host: '127.0.0.1',
  port: 0,
  receive: {
    secrets: [secret],
    receive: async (delivery) => void stored.push(delivery),
    fits: () => true,
    refused: () => {},
  },
  health: {
    readiness: { database: async () => {}, queue: async () => {} },
    page: async () => ({ type: 'text/plain', text: 'inside' }),
    token: null,
  },
}
beforeAll(async () => {
  web = await serve(options)
})
afterAll(() => web.close(0))

/** What comes back for these very bytes; every answer's status, in their order. The line is closed by one side or the other. */
async function say(...parts: readonly (string | Uint8Array)[]): Promise<readonly number[]> {
  const { hostname, port } = new URL(web.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
  })
  for (const part of parts) socket.write(part)
  socket.end()
  await once(socket, 'close')
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
}

const sign = (body: string | Uint8Array) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const line = 'POST /api/github/webhooks HTTP/1.1'

function head(
  body: string | Uint8Array,
  change: Readonly<Record<string, string | readonly string[] | null>> = {},
): string {
  const headers: Readonly<Record<string, string | readonly string[] | null>> = {
    host: 'waybill',
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-github-event': 'push',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': sign(body),
    ...change,
  }
  return Object.entries(headers)
    .flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => `${name}: ${one}\r\n`)))
    .join('')
}

const answered = async (request: string, body: string | Uint8Array = '{}') => {
  const before = stored.length
  const statuses = await say(request, body)
  return { statuses, stored: stored.length - before }
}

describe('a stranger on the line (X1, X9)', () => {
  it('gets through with nothing but a right delivery', async () => {
    expect(await answered(`${line}\r\n${head('{}')}\r\n`)).toEqual({ statuses: [202], stored: 1 })
  })

  it.each<readonly [string, Readonly<Record<string, string | readonly string[] | null>>]>([
    ['two events', { 'x-github-event': ['push', 'push'] }],
    ['two deliveries', { 'x-github-delivery': ['a', 'b'] }],
    ['two signatures', { 'x-hub-signature-256': [sign('{}'), sign('{}')] }],
    ['two signatures in one', { 'x-hub-signature-256': `${sign('{}')}, ${sign('{}')}` }],
    ['a delivery in another script', { 'x-github-delivery': 'déjà-vu' }],
    ['a delivery with a look-alike', { 'x-github-delivery': '72d3162\u0435' }],
    ['an event with an object’s name', { 'x-github-event': '__proto__\u0000' }],
    ['an event with capitals', { 'x-github-event': 'Push' }],
    ['a path for an event', { 'x-github-event': '../push' }],
    ['two lengths', { 'content-length': ['2', '3'] }],
    ['a length and chunks', { 'transfer-encoding': 'chunked' }],
    ['a length below nothing', { 'content-length': '-1' }],
    ['a length in hex', { 'content-length': '0x2' }],
    ['an encoding nobody knows', { 'content-length': null, 'transfer-encoding': 'xchunked' }],
    ['chunks that are none', { 'content-length': null, 'transfer-encoding': 'chunked' }],
    ['text', { 'content-type': 'text/json' }],
    ['something like JSON', { 'content-type': 'application/jsonp' }],
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['no type', { 'content-type': null }],
    [
      'SHA-1 alone',
      { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=7d38cdd689735b008b3c702edd92eea23791c5f6' },
    ],
    ['a signature in capitals', { 'x-hub-signature-256': sign('{}').toUpperCase() }],
    ['headers without end', { 'x-a': 'a'.repeat(20_000) }],
  ])('is refused: %s', async (_, change) => {
    const { statuses, stored: kept } = await answered(`${line}\r\n${head('{}', change)}\r\n`)
    expect(kept).toBe(0)
    expect(statuses).toHaveLength(1)
    expect(statuses[0]).toBeGreaterThanOrEqual(400)
    expect(statuses[0]).toBeLessThan(500)
  })

  it('is never unpacked: what is compressed is no JSON, however small', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000, ' ')))
    const before = process.memoryUsage().rss
    expect(await answered(`${line}\r\n${head(bomb, { 'content-encoding': 'gzip' })}\r\n`, bomb)).toEqual({
      statuses: [400],
      stored: 0,
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000)
  })

  it('hides no second request in the body of the first', async () => {
    const hidden = 'GET /metrics HTTP/1.1\r\nhost: waybill\r\n\r\n'
    const chunked = head('{}', { 'content-length': '0', 'transfer-encoding': 'chunked', connection: 'keep-alive' })
    expect(await say(`${line}\r\n${chunked}\r\n`, `0\r\n\r\n${hidden}`)).toEqual([400])
  })

  it.each([
    'GET /api/github/webhooks HTTP/1.1',
    'PUT /api/github/webhooks HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'TRACE /api/github/webhooks HTTP/1.1',
    'POST /api/github/webhooks/ HTTP/1.1',
    'POST //api/github/webhooks HTTP/1.1',
    'POST /api/github/webhooks%00 HTTP/1.1',
    'POST /%ff%fe HTTP/1.1',
    'POST http://[ HTTP/1.1',
    'POST /api/../../etc/passwd HTTP/1.1',
    'CONNECT waybill:443 HTTP/1.1',
    'PRI * HTTP/2.0',
    'POST /api/github/webhooks HTTP/9.9',
    '\u0016\u0003\u0001',
  ])('is refused, and the next is served: %s', async (request) => {
    const { statuses, stored: kept } = await answered(`${request}\r\n${head('{}')}\r\n`)
    expect([kept, statuses.filter((status) => status < 400 || status >= 500)]).toEqual([0, []])
    expect((await answered(`${line}\r\n${head('{}')}\r\n`)).stored).toBe(1)
  })

  it.each(['', 'a b', 'waybill:99999999', '[::', 'ⓔvil', 'user@waybill'])(
    'is answered whatever it calls us: %j',
    async (host) => {
      const { statuses } = await answered(`${line}\r\n${head('{}', { host })}\r\n`)
      expect(statuses).toHaveLength(1)
      expect(statuses[0]).not.toBe(500)
    },
  )

  it('turns away idle sockets beyond a number, and serves again when they are gone (X9)', async () => {
    const small = await serve({ ...options, mostConnections: 50 })
    const { hostname, port } = new URL(small.url)
    const idle = Array.from({ length: 80 }, () => connect(Number(port), hostname))
    let gone = 0
    for (const socket of idle) {
      socket.on('error', () => {})
      socket.on('close', () => {
        gone += 1
      })
      socket.resume()
    }
    await expect.poll(() => gone).toBe(30)
    for (const socket of idle) socket.destroy()
    await expect.poll(async () => (await fetch(`${small.url}/healthz`).catch(() => null))?.status).toBe(200)
    await small.close(0)
  })
})
