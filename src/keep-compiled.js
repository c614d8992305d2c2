import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

/**
 * What Node compiles from here on is kept beside the dependencies, where only who may change those can write, and the
 * next start takes half as long; where nobody may write there, each start compiles for itself. Answers how to write it
 * down now: a process that is killed never does.
 *
 * @returns {() => void}
 */
export function keepCompiled() {
  enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/waybill'))
  return flushCompileCache
}
