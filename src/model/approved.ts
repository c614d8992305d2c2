declare const brand: unique symbol

/**
 * Proof that the promotion rules let this version into this environment. Only `rules/judge-promotion` makes one; a
 * deployment can't be ordered without it.
 */
export type Approved = {
  readonly [brand]: true
  readonly environment: string
  readonly version: string
  readonly sha: string
  /** Who asked; null where policy deploys by itself. */
  readonly by: { readonly id: number; readonly login: string } | null
}
