export type Reaction = 'eyes' | 'rocket' | '-1'

/** Waybill's one living comment on a pull request. */
export type SayOnPull = {
  readonly kind: 'say-on-pull'
  readonly pull: number
  readonly body: string
  readonly fingerprint: string
}

export type AnswerWish = {
  readonly kind: 'answer-wish'
  readonly wish: number
  readonly pull: number
  readonly body: string
}
