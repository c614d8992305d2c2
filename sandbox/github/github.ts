import { createPublicKey, generateKeyPair } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Hono } from 'hono'
import { createGitHubApp } from './github-app.ts'
import { listenOn } from './listen-on.ts'
import { readManifest } from './read-manifest.ts'
import { createState, type State } from './state.ts'
import type { Webhooks } from './webhooks.ts'
import { createWorld, type World } from './world.ts'

export type GitHubOptions = {
  /** Milliseconds since 1970, UTC. Default: the clock. */
  readonly now?: () => number
  /** Where the bare repositories are kept. Default: a temporary folder that `close` removes. */
  readonly directory?: string
  /** PEM: the App's key. Default: one that this process makes at first need, which takes a tenth of a second. */
  readonly privateKey?: string
  /** What signs the webhooks. */
  readonly webhookSecret?: string
}

export type GitHub = {
  readonly state: State
  readonly app: Hono
  readonly world: World
  readonly webhooks: Webhooks
  /** PEM: with it the App `waybill` signs its JWTs. */
  readonly privateKey: string
  readonly webhookSecret: string
  /** What requests, answers and webhooks had against the official documents; each a sentence. */
  readonly violations: string[]
  /** On 127.0.0.1; 0 takes a free port. `close` also ends what still hangs; the state stays. */
  readonly listen: (port: number) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>
  /** Ends the webhooks and removes the repositories if their folder is the sandbox's own. */
  readonly close: () => Promise<void>
}

const defaultSecret = 'the sandbox signs with this'
const manifest = new URL('../../app.yml', import.meta.url)

/** A GitHub on this machine with the organisation `acme` and its empty-handed people; repositories come from `world.createRepository`. */
export async function createGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { webhookSecret = defaultSecret } = options
  const state = createState(options.now === undefined ? {} : { now: options.now })
  const [directory, privateKey] = await Promise.all([
    options.directory ?? mkdtemp(join(tmpdir(), 'waybill-github-')),
    options.privateKey ?? ownKey(),
  ])
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  const world = createWorld(state, { directory, publicKey, manifest: readManifest(manifest) })
  const { app, webhooks, faults, violations } = createGitHubApp(state, world)
  webhooks.order({ secret: webhookSecret })
  return {
    state,
    app,
    world,
    webhooks,
    privateKey,
    webhookSecret,
    violations,
    listen: async (port) => {
      const { url, close } = await listenOn(app, port)
      state.url = url
      return {
        url,
        close: async () => {
          faults.close()
          await close()
        },
      }
    },
    close: async () => {
      webhooks.close()
      if (options.directory === undefined) await rm(directory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

let made: Promise<string> | undefined

function ownKey(): Promise<string> {
  made ??= generateKey()
  return made
}

async function generateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return privateKey
}
