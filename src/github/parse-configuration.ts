import type { ConfigRead } from '../model/config-read.ts'
import { parseConfig } from '../model/parse-config.ts'
import { childOrNull, type Json, text, textOrNull, truth } from './json.ts'

const ymlPath = '.github/waybill.yml'
const yamlPath = '.github/waybill.yaml'

/** The configuration on a commit (`WaybillConfiguration`); `what` names where a commit was looked for and not found. */
export function parseConfiguration(target: Json | null, what: string): ConfigRead {
  if (target === null || target['__typename'] !== 'Commit') return { kind: 'unknown', cause: `there is no ${what}` }
  const yml = childOrNull(target, 'yml')
  const yaml = childOrNull(target, 'yaml')
  if (yml !== null && yaml !== null) {
    return broken(ymlPath, `there is a ${yamlPath} too, and only one of them can count; delete one`)
  }
  if (yml !== null) return parseFile(yml, ymlPath)
  return yaml === null ? { kind: 'absent' } : parseFile(yaml, yamlPath)
}

function parseFile(entry: Json, path: string): ConfigRead {
  const object = childOrNull(entry, 'object')
  if (object === null || object['__typename'] !== 'Blob')
    return broken(path, 'this is not a file; put a file in its place')
  const content = textOrNull(object, 'text')
  if (truth(object, 'isTruncated')) return broken(path, 'the file is far larger than 64 KiB; make it smaller')
  if (content === null) return broken(path, 'this is not text; save the file as UTF-8')
  return parseConfig({ path, text: content, sha: text(object, 'oid') })
}

function broken(path: string, message: string): ConfigRead {
  return { kind: 'broken', path, problems: [{ line: 1, path: '', message }] }
}
