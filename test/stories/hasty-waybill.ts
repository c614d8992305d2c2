import { keepCompiled } from '../../src/keep-compiled.js'

/** Waybill as a process, which waits less for GitHub than it does at work, and looks at everything often. */
const writeDown = keepCompiled()
const { main } = await import('../../src/main.ts')
const { hastyPace } = await import('../hasty-pace.ts')
await main({ pace: hastyPace, queue: { sweepEvery: 3000 } })
writeDown()
