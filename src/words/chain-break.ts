import type { ChainBreak } from '../model/verify-chain.ts'

/** What is wrong with the audit log, as one sentence for a terminal. */
export function chainBreakSentence({ number, kind, where }: ChainBreak): string {
  switch (kind) {
    case 'edited':
      return `Row ${number} was edited: its values no longer give its hash.`
    case 'reordered':
      return `Row ${number} does not follow the row before it: rows were reordered, or one was put in their place.`
    case 'missing':
      return `Row ${number} is missing: it was deleted, and later rows are there.`
    case 'cut-off':
      return `Row ${number} and whatever followed it were cut off: ${where ?? 'a witness'} names a later one.`
    case 'rewritten':
      return `Row ${number} is not the one that ${where ?? 'a witness'} names: the log was written anew from there or before.`
  }
}
