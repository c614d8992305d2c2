import type { Explained } from './explained.ts'

/** Everything there is to say about one reason: `short` is plain text for a title, the rest GitHub Markdown for a table's cell. */
export type ReasonWords = Explained & { readonly short: string }

/** The one who resolves what resolves itself. */
export const byItself = 'Nobody: this goes on by itself'
