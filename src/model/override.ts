/** A word that lets the gate of one commit pass whatever it still lacks. It is for this head into this base only. */
export type Override = {
  readonly sha: string
  readonly base: string
  readonly by: { readonly id: number; readonly login: string }
  readonly reason: string
}
