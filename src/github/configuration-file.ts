import type { ConfigFile } from '../model/config-file.ts'
import type { ConfigRead } from '../model/config-read.ts'
import { childOrNull, type Json, text, textOrNull, truth } from './json.ts'

const ymlPath = '.github/waybill.yml'
const yamlPath = '.github/waybill.yaml'

/** The file on a commit, before anybody looked into it. */
export type FileRead =
  | { readonly kind: 'file'; readonly file: ConfigFile }
  | Extract<ConfigRead, { kind: 'broken' | 'absent' | 'unknown' }>

/** The configuration file on a commit (`WaybillConfiguration`); `what` names where a commit was looked for and not found. */
export function parseConfigurationFile(target: Json | null, what: string): FileRead {
  if (target === null || target['__typename'] !== 'Commit') return { kind: 'unknown', cause: `there is no ${what}` }
  const yml = childOrNull(target, 'yml')
  const yaml = childOrNull(target, 'yaml')
  if (yml !== null && yaml !== null) {
    return broken(ymlPath, `there is a ${yamlPath} too, and only one of them can count; delete one`)
  }
  if (yml !== null) return parseFile(yml, ymlPath)
  return yaml === null ? { kind: 'absent' } : parseFile(yaml, yamlPath)
}

/** Equal for commits that hold the same file under the same name. */
export function fileIdentity(target: Json | null): string {
  const oidOf = (key: string) => (target === null ? null : (childOrNull(target, key)?.['object'] ?? null))
  return JSON.stringify([oidOf('yml'), oidOf('yaml')].map((object) => blobOf(object)))
}

function blobOf(object: unknown): string {
  return typeof object === 'object' && object !== null && 'oid' in object ? String(object.oid) : ''
}

function parseFile(entry: Json, path: string): FileRead {
  const object = childOrNull(entry, 'object')
  if (object === null || object['__typename'] !== 'Blob')
    return broken(path, 'this is not a file; put a file in its place')
  const content = textOrNull(object, 'text')
  if (truth(object, 'isTruncated')) return broken(path, 'the file is far larger than 64 KiB; make it smaller')
  if (content === null) return broken(path, 'this is not text; save the file as UTF-8')
  return { kind: 'file', file: { path, text: content, sha: text(object, 'oid') } }
}

function broken(path: string, message: string): FileRead {
  return { kind: 'broken', path, problems: [{ line: 1, path: '', message }] }
}
