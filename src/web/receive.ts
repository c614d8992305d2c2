import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { type Budget, budgetOf, readSigned } from './read-signed.ts'

export type ReceiveOptions = {
  /** Every secret that is valid now. */
  readonly secrets: readonly string[]
  /** Resolves when the delivery is stored; rejects when it is not. */
  readonly receive: (delivery: ReceivedDelivery) => Promise<void>
  /** Whether a payload can be one of this event. */
  readonly fits: (name: string, payload: object) => boolean
  /** Told of what was refused, by delivery and status; never of a payload or a signature. */
  readonly refused: (refusal: Refusal) => void
  /** Bytes of one body. GitHub sends none above 25 MB. */
  readonly mostBytes?: number
  /** The room that all bodies share which are read at the same time; for two of the largest where it is left out. */
  readonly budget?: Budget
  /** How long storing may take (ms); GitHub itself waits 10 s. */
  readonly patience?: number
}

export type ReceivedDelivery = { readonly id: string; readonly name: string; readonly payload: object }
export type Refusal = {
  readonly status: number
  readonly why: string
  readonly delivery: string
  readonly event: string
}

type Bound = Required<ReceiveOptions>
type Env = { Bindings: HttpBindings }
type Answer = { readonly status: 202 | 400 | 401 | 413 | 422 | 503; readonly text: string }

/**
 * `POST /api/github/webhooks`. Nothing is parsed before its signature was found right, and 202 is said only after the
 * delivery was stored: GitHub records any other answer as failed.
 */
export function receiveRoute(options: ReceiveOptions): Hono<Env> {
  const mostBytes = options.mostBytes ?? 25 * 1024 * 1024
  const bound: Bound = { mostBytes, budget: budgetOf(2 * mostBytes), patience: 2000, ...options }
  return new Hono<Env>().post('/api/github/webhooks', async (c) => {
    const answer = await answerTo(c, bound)
    if (answer.status !== 202) {
      const { delivery, event } = named(c)
      options.refused({ status: answer.status, why: answer.text, delivery, event })
    }
    if (!c.env.incoming.readableEnded) hangUp(c)
    return say(c, answer)
  })
}

/** As Node's own: hono's, which it puts in its place once a server is open, would be sent a second time. */
const sent = RESPONSE_ALREADY_SENT.clone()

/** Written straight away: a `Response` and the stream of its body cost as much as the rest of the route. */
function say({ env: { outgoing } }: Context<Env>, { status, text }: Answer): Response {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=UTF-8', 'content-length': Buffer.byteLength(text) })
  outgoing.end(text)
  return sent
}

async function answerTo(c: Context<Env>, options: Bound): Promise<Answer> {
  const { incoming } = c.env
  const { delivery, event } = named(c)
  const given = incoming.headersDistinct['x-hub-signature-256'] ?? []
  const hex = /^sha256=([0-9a-f]{64})$/.exec(given[0] ?? '')?.[1]
  if (given.length > 1) return { status: 400, text: 'X-Hub-Signature-256 is given more than once' }
  if (hex === undefined) return { status: 401, text: 'X-Hub-Signature-256 is missing or is no sha256 signature' }
  if (delivery === '') return { status: 400, text: 'X-GitHub-Delivery is missing or malformed' }
  if (event === '') return { status: 400, text: 'X-GitHub-Event is missing or malformed' }
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    return { status: 400, text: 'Content-Type must be application/json: change it in the settings of the GitHub App' }
  }
  if (Number(c.req.header('content-length') ?? 0) > options.mostBytes) return tooLarge
  const { secrets, mostBytes: most, budget } = options
  const read = await readSigned(incoming, Buffer.from(hex, 'hex'), { secrets, most, budget })
  switch (read.kind) {
    case 'unsigned':
      return { status: 401, text: 'the signature is not right' }
    case 'too-large':
      return tooLarge
    case 'no-room':
      return { status: 503, text: 'too much is being received at the moment' }
    case 'cut-off':
      return { status: 400, text: 'the body is cut off' }
    case 'signed':
      return store(read.body, { id: delivery, name: event }, options)
  }
}

const tooLarge: Answer = { status: 413, text: 'the body is larger than any that GitHub sends' }

/** Empty: missing or malformed. Both are unsigned, so nothing but their shape is relied on. */
function named(c: Context<Env>): { readonly delivery: string; readonly event: string } {
  const delivery = /^[A-Za-z0-9-]{1,64}$/.exec(c.req.header('x-github-delivery') ?? '')?.[0] ?? ''
  const event = /^[a-z_]{1,64}$/.exec(c.req.header('x-github-event') ?? '')?.[0] ?? ''
  return { delivery, event }
}

async function store(
  body: Buffer,
  { id, name }: { readonly id: string; readonly name: string },
  { fits, receive, patience }: Bound,
): Promise<Answer> {
  const payload = parse(body)
  if (payload === undefined) return { status: 400, text: 'the body is not JSON in UTF-8' }
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload) || !fits(name, payload)) {
    return { status: 422, text: 'the body is not an object of this event' }
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), patience).unref()
    const end = (answer: Answer) => {
      clearTimeout(timer)
      resolve(answer)
    }
    void receive({ id, name, payload }).then(
      () => end(stored),
      () => end(notStored),
    )
  })
}

const stored: Answer = { status: 202, text: 'stored' }
const notStored: Answer = { status: 503, text: 'the delivery could not be stored' }
const late: Answer = { status: 503, text: 'the delivery could not be stored in time' }

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    return undefined
  }
}

/** The rest of the body is thrown away for a second, so that the sender reads the answer; then the line is cut. */
function hangUp(c: Context<Env>): void {
  const { incoming, outgoing } = c.env
  incoming.resume()
  outgoing.once('finish', () => {
    const timer = setTimeout(() => incoming.socket.destroy(), 1000).unref()
    incoming.socket.once('close', () => clearTimeout(timer))
  })
}
