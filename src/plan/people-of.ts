import { authorshipOf } from '../model/change-authorship.ts'
import type { Change } from '../model/history.ts'
import { writersOf } from '../model/writers.ts'
import type { LineView } from './plan-line.ts'

export type People = { readonly writers: readonly string[]; readonly approvers: readonly string[] }

/** Who wrote changes, and whose approval of them counted: nobody who wrote part of the same change. Logins, each once. */
export function peopleOf({ line }: Pick<LineView, 'line'>, changes: readonly Change[]): People {
  const each = changes.map((change) => {
    const writers = writersOf(authorshipOf(change, line)).known.map(({ account }) => account)
    const ids = new Set(writers.map(({ id }) => id))
    const approvers = (change.pull?.approvers ?? []).filter(({ id }) => !ids.has(id))
    return { writers: writers.map(({ login }) => login), approvers: approvers.map(({ login }) => login) }
  })
  return {
    writers: [...new Set(each.flatMap(({ writers }) => writers))],
    approvers: [...new Set(each.flatMap(({ approvers }) => approvers))],
  }
}
