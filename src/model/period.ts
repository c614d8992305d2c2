/** From one moment up to, and without, another (ms, UTC). */
export type Period = { readonly from: number; readonly to: number }

export function isIn({ from, to }: Period, at: number): boolean {
  return at >= from && at < to
}
