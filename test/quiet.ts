import type { Log } from '../src/reconcile/world/log.ts'

export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} }
