import { type Mailmap, parseMailmap } from '../model/mailmap.ts'
import { childOrNull, type Json } from './json.ts'

/** The `.mailmap` on a branch's tip (`WaybillMailmap` of a ref); nothing where there is no such file or it is no text. */
export function parseMailmapFile(ref: Json | null): Mailmap {
  const target = ref === null ? null : childOrNull(ref, 'target')
  return target?.['__typename'] === 'Commit' ? parseMailmapOn(target) : new Map()
}

/** The same of a commit itself. */
export function parseMailmapOn(commit: Json): Mailmap {
  const entry = childOrNull(commit, 'mailmap')
  const object = entry === null ? null : childOrNull(entry, 'object')
  const text = object?.['__typename'] === 'Blob' ? object['text'] : null
  return typeof text === 'string' ? parseMailmap(text) : new Map()
}
