/** As GitHub writes moments: UTC, whole seconds. Undefined becomes null. */
export function iso(at: number): string
export function iso(at: number | undefined): string | null
export function iso(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
