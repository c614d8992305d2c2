/** A word that lets the gate of one commit pass whatever it still lacks. It is for this head only. */
export type Override = {
  readonly sha: string
  readonly by: { readonly id: number; readonly login: string }
  readonly reason: string
}
