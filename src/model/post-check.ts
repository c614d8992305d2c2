import type { CheckName } from './check.ts'

export type CheckAnswer = {
  readonly status: 'in_progress' | 'success' | 'failure' | 'neutral'
  readonly title: string
  /** Markdown, at most 65,535 characters each (GitHub's limit for a check run). */
  readonly summary: string
  readonly text: string
  /** At most 3. */
  readonly buttons: readonly CheckButton[]
  /** Lines of files in the judged commit; at most 50 in one request. */
  readonly annotations: readonly CheckAnnotation[]
}

/** A button on a check run: label and identifier at most 20 characters each, description 40 (GitHub's limits). */
export type CheckButton = { readonly label: string; readonly description: string; readonly identifier: string }

export type CheckAnnotation = {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly message: string
}

export type PostCheck = {
  readonly kind: 'post-check'
  readonly name: CheckName
  readonly sha: string
  readonly answer: CheckAnswer
  readonly fingerprint: string
  /** A run in progress is updated in place; a completed one is final and gets a newer run of the same name. */
  readonly onto: { readonly kind: 'new'; readonly after: number } | { readonly kind: 'update'; readonly runId: number }
}
