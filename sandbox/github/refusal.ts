/** A field that GitHub names in an answer 422. */
export type FieldError =
  | { readonly resource: string; readonly code: string; readonly field?: string; readonly message?: string }
  | string

/** What a call is answered with instead: an error in GitHub's words. Thrown anywhere, answered by the router. */
export class Refusal extends Error {
  readonly status: number
  readonly errors: readonly (FieldError | Readonly<Record<string, unknown>>)[] | undefined

  constructor(status: number, message: string, errors?: Refusal['errors']) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.errors = errors
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found')
}

/** 422, as when a field's value can't be used. */
export function invalid(errors: Refusal['errors'], message = 'Validation Failed'): Refusal {
  return new Refusal(422, message, errors)
}
