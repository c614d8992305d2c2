import { createHmac, randomUUID } from 'node:crypto'
import type { JsonObject } from '../json-schema.ts'
import { createDeliveryLog, type DeliveryLog } from './delivery-log.ts'
import { createDeliveryQueue, type DeliveryQueue } from './delivery-queue.ts'
import type { SandboxEvent } from './sandbox-events.ts'
import { type Envelope, sendDelivery } from './send-delivery.ts'
import type { Installation } from './state/accounts.ts'
import type { State } from './state.ts'
import { webhookViolations } from './webhook-contract.ts'

/**
 * deliver: in order, one after the other. hold: kept until released. drop: lost, as if never sent. double: each twice under one GUID.
 * shuffle: what gathers within 50 ms is sent in random order.
 */
export const webhookModes = ['deliver', 'hold', 'drop', 'double', 'shuffle'] as const

export type WebhookMode = (typeof webhookModes)[number]

export type WebhookOrder = {
  readonly url?: string | undefined
  readonly secret?: string | undefined
  readonly mode?: WebhookMode | undefined
  /** Sends what is held, whatever the mode. */
  readonly release?: boolean | undefined
  /** The name of the only repository whose events `mode` and `release` are about; it keeps its mode whatever the others get. */
  readonly repository?: string | undefined
}

export type WebhookStatus = {
  readonly url: string | null
  readonly mode: WebhookMode
  /** Waiting to be sent or being sent; 0 = quiet. */
  readonly pending: number
  readonly held: number
  /** Attempts made so far. */
  readonly delivered: number
}

export type Webhooks = {
  readonly dispatch: (event: SandboxEvent) => void
  readonly order: (order: WebhookOrder) => void
  readonly status: () => WebhookStatus
  readonly deliveries: DeliveryLog
  /** Sends a logged delivery again, with the same GUID; false when there is no such delivery. */
  readonly redeliver: (id: number) => boolean
  /** Sends nothing more. */
  readonly close: () => void
}

export type WebhooksOptions = {
  readonly state: State
  /** The App whose webhook this is. */
  readonly appSlug: string
  /** Grows by one sentence per violation of GitHub's webhook schemas. */
  readonly violations: string[]
  /** The events that the App subscribes to; undefined: all. Asked for each event, since app.yml may appear later. */
  readonly subscriptions: () => readonly string[] | undefined
}

type Settings = {
  url: string | null
  secret: string
  mode: WebhookMode
  /** By the names of repositories that have their own. */
  readonly modes: Map<string, WebhookMode>
}

type Held = { readonly envelope: Envelope; readonly repository: string }

/**
 * Sends the state's events to the App's webhook URL as GitHub does: signed, never again by itself, logged with the answer's status.
 * Without a URL nothing is sent, but every payload is held to GitHub's schemas all the same.
 */
export function createWebhooks(options: WebhooksOptions): Webhooks {
  const settings: Settings = { url: null, secret: '', mode: 'deliver', modes: new Map() }
  const deliveries = createDeliveryLog()
  let held: readonly Held[] = []
  const queue = createDeliveryQueue(sender({ settings, deliveries, options }))
  const dispatch = (event: SandboxEvent) => {
    const envelope = toEnvelope(event, options)
    if (envelope === undefined) return
    options.violations.push(...webhookViolations(event.name, envelope.payload))
    if (settings.url === null) return
    const { name: repository = '' } = event.repository ?? {}
    const mode = settings.modes.get(repository) ?? settings.mode
    if (mode === 'hold') held = [...held, { envelope, repository }]
    else send(envelope, mode, queue)
  }
  const unsubscribe = options.state.events.subscribe(dispatch)
  return {
    dispatch,
    deliveries,
    order: ({ url, secret, mode, release, repository }) => {
      settings.url = url ?? settings.url
      settings.secret = secret ?? settings.secret
      if (mode !== undefined && repository !== undefined) settings.modes.set(repository, mode)
      else settings.mode = mode ?? settings.mode
      if (release !== true && mode !== 'deliver') return
      const isMeant = (one: Held) => repository === undefined || one.repository === repository
      queue.add(
        held.filter(isMeant).map(({ envelope }) => envelope),
        'in-order',
      )
      held = held.filter((one) => !isMeant(one))
    },
    status: () => {
      const { url, mode } = settings
      return { url, mode, pending: queue.size(), held: held.length, delivered: deliveries.list().length }
    },
    redeliver: (id) => {
      const logged = deliveries.find(id)
      if (logged !== undefined) queue.add([{ ...logged.envelope, redelivery: true }], 'in-order')
      return logged !== undefined
    },
    close: () => {
      unsubscribe()
      queue.close()
    },
  }
}

function sender(given: {
  readonly settings: Readonly<Settings>
  readonly deliveries: DeliveryLog
  readonly options: WebhooksOptions
}): (envelope: Envelope) => Promise<void> {
  const { settings, deliveries, options } = given
  return async (envelope) => {
    if (settings.url === null) return
    const appId = options.state.apps.find(({ slug }) => slug === options.appSlug)?.id ?? 0
    const signature = `sha256=${createHmac('sha256', settings.secret).update(envelope.body).digest('hex')}`
    const target = { url: settings.url, signature, appId, id: deliveries.nextId(), now: options.state.now }
    deliveries.add(await sendDelivery(envelope, target))
  }
}

function send(envelope: Envelope, mode: Exclude<WebhookMode, 'hold'>, queue: DeliveryQueue): void {
  switch (mode) {
    case 'drop':
      return
    case 'deliver':
      queue.add([envelope], 'in-order')
      return
    case 'double':
      queue.add([envelope, envelope], 'in-order')
      return
    case 'shuffle':
      queue.add([envelope], 'shuffled')
  }
}

/** Sent to every App, whatever it subscribes to. */
const always: ReadonlySet<string> = new Set(['installation', 'installation_repositories', 'github_app_authorization'])

function toEnvelope(event: SandboxEvent, options: WebhooksOptions): Envelope | undefined {
  const { name, payload, only } = event
  const subscribed = options.subscriptions()
  if (subscribed !== undefined && !always.has(name) && !subscribed.includes(name)) return undefined
  if (only !== undefined && only.slug !== options.appSlug) return undefined
  const installation = installationFor(event, options)
  if (installation === undefined) return undefined
  const { id, nodeId } = installation
  const whole: JsonObject = always.has(name) ? payload : { ...payload, installation: { id, node_id: nodeId } }
  const body = JSON.stringify(whole)
  // What is sent is what was true when it happened, whatever changes while it waits.
  return { event: name, payload: JSON.parse(body), body, guid: randomUUID(), redelivery: false }
}

/** Undefined when the App sees none of it: not installed there, the repository not chosen, suspended. */
function installationFor(
  { name, repository }: SandboxEvent,
  { state, appSlug }: WebhooksOptions,
): Installation | undefined {
  return state.installations.find(({ app, account, repositories, suspendedAt }) => {
    if (app.slug !== appSlug) return false
    if (always.has(name)) return true
    if (suspendedAt !== undefined) return false
    if (repository === undefined) return true
    if (repository.owner.id !== account.id) return false
    return repositories === 'all' || repositories.includes(repository.id)
  })
}
