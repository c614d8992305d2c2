import type { Bump } from './config-schema.ts'

/** How a change moves the version, and by which of its marks. */
export type BumpOf = { readonly bump: Bump; readonly why: BumpReason }

export type BumpReason =
  /** `besides`: other bump labels on the same pull request, which don't count. */
  | { readonly kind: 'label'; readonly label: string; readonly besides: readonly string[] }
  /** `mark`: the part of a conventional title that says so, such as `feat` or `!`. */
  | { readonly kind: 'title'; readonly mark: string }
  | { readonly kind: 'issue-type'; readonly key: string; readonly type: string }
  | { readonly kind: 'default' }

const order: readonly Bump[] = ['none', 'patch', 'minor', 'major']

export function highestBump(bumps: readonly Bump[]): Bump {
  return order[Math.max(0, ...bumps.map((bump) => order.indexOf(bump)))] ?? 'none'
}
