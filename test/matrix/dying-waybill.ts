import { writeFileSync } from 'node:fs'
import { keepCompiled } from '../../src/keep-compiled.js'

/** Waybill as a process that dies, as by `kill -9`, at the first of these marks it comes by, and leaves its name behind. */
const { WAYBILL_DIES_AT = '', WAYBILL_DIED_AT = '' } = process.env
const marks = new Set(WAYBILL_DIES_AT.split(','))
const writeDown = keepCompiled()
const { main } = await import('../../src/main.ts')
const { hastyPace } = await import('../hasty-pace.ts')
await main({
  pace: hastyPace,
  queue: { sweepEvery: 3000 },
  crashpoint: (name) => {
    if (!marks.has(name)) return
    writeFileSync(WAYBILL_DIED_AT, name)
    process.kill(process.pid, 'SIGKILL')
  },
})
writeDown()
