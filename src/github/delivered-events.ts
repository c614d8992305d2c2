import type { EmitterWebhookEvent } from '@octokit/webhooks'
import { changedInstallation, isInstallationEvent } from './changed-installation.ts'
import { fields } from './narrow.ts'

/** The events that say where to look, each with the field that a payload of this event always has. */
const subjects = {
  push: 'ref',
  create: 'ref_type',
  delete: 'ref_type',
  pull_request: 'pull_request',
  pull_request_review: 'review',
  pull_request_review_thread: 'thread',
  check_run: 'check_run',
  check_suite: 'check_suite',
  status: 'state',
  issue_comment: 'comment',
  deployment: 'deployment',
  deployment_status: 'deployment_status',
  release: 'release',
  deployment_protection_rule: 'deployment_callback_url',
  merge_group: 'merge_group',
} as const

export type DeliveredEvent = keyof typeof subjects

export function isDeliveredEvent(name: string): name is DeliveredEvent {
  return Object.hasOwn(subjects, name)
}

/** Whether anything is ever done for an event of this name. */
export function isWatchedEvent(name: string): boolean {
  return isDeliveredEvent(name) || isInstallationEvent(name)
}

/**
 * Whether a payload can be one of this event. The signature covers the body alone: the same body may be sent again
 * under another name. Of events that nobody looks at, every object fits.
 */
export function fitsEvent(name: string, payload: unknown): boolean {
  const given = fields(payload)
  if (given === null) return false
  return !isDeliveredEvent(name) || Object.hasOwn(given, subjects[name])
}

/** A delivery that may be handed to Probot: its handlers know the event by name, and narrow the payload themselves. */
export function isWebhookEvent(delivery: Received): delivery is Received & EmitterWebhookEvent {
  if (changedInstallation(delivery.name, delivery.payload) !== null) return true
  return isDeliveredEvent(delivery.name) && fitsEvent(delivery.name, delivery.payload)
}

type Received = { readonly id: string; readonly name: string; readonly payload: object }
