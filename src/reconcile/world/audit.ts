import type { AuditRow, ChainHead } from '../../model/audit.ts'

/** The audit log for people to read: all of it, or one repository's. */
export type Audit = {
  head(): Promise<ChainHead>
  /** In order of their numbers. */
  rows(of: { readonly repositoryId: number | null }): AsyncIterable<AuditRow>
  /** How many rows are from before the chain. */
  unchained(): Promise<number>
}
