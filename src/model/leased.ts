declare const brand: unique symbol

/**
 * Proof that the rush rule lets this pull request have this rush box. Only `rules/judge-rush` makes one; an unmerged
 * branch can't be deployed without it.
 */
export type Leased = {
  readonly [brand]: true
  readonly environment: string
  readonly pull: number
  readonly sha: string
  readonly by: { readonly id: number; readonly login: string }
}
