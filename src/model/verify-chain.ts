import { type AuditRow, type ChainHead, chainText } from './audit.ts'

/** A head that was written outside the database, and where. */
export type Witness = ChainHead & { readonly where: string }

/** The first row that is not as it was written. */
export type ChainBreak = {
  readonly number: number
  /**
   * - edited: its values don't give its hash.
   * - reordered: it does not follow the row before it.
   * - missing: a row of this number is not there, and later ones are.
   * - cut-off: nor is any later one.
   * - rewritten: another row stood there when it was witnessed; the whole chain was made anew.
   */
  readonly kind: 'edited' | 'reordered' | 'missing' | 'cut-off' | 'rewritten'
  /** What says so, where it is not the row itself. */
  readonly where: string | null
}

type Against = {
  readonly sha256: (text: string) => string
  /** The head that the database itself remembers. */
  readonly head: ChainHead
  readonly witnesses: readonly Witness[]
}

/** Checks the whole chain, rows in order of their numbers; null when every row is as it was written. */
export function verifyChain(rows: readonly AuditRow[], { sha256, head, witnesses }: Against): ChainBreak | null {
  let previous: ChainHead = { number: 0, hash: '' }
  for (const row of rows) {
    const number = previous.number + 1
    if (row.number !== number) return { number, kind: row.number > number ? 'missing' : 'reordered', where: null }
    if (sha256(chainText(row)) !== row.hash) return { number, kind: 'edited', where: null }
    if (row.previous !== previous.hash) return { number, kind: 'reordered', where: null }
    previous = row
  }
  const own = { ...head, where: "the database's own head" }
  const all = [own, ...witnesses].filter((one) => one.number > 0).toSorted((a, b) => a.number - b.number)
  const rewritten = all.find((one) => one.number <= rows.length && rows[one.number - 1]?.hash !== one.hash)
  if (rewritten !== undefined) return { number: rewritten.number, kind: 'rewritten', where: rewritten.where }
  const beyond = all.at(-1)
  if (beyond === undefined || beyond.number <= rows.length) return null
  return { number: rows.length + 1, kind: 'cut-off', where: beyond.where }
}
