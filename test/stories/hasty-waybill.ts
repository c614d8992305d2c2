import { main } from '../../src/main.ts'
import { hastyPace } from '../hasty-pace.ts'

/** Waybill as a process, which waits less for GitHub than it does at work, and looks at everything often. */
await main({ pace: hastyPace, queue: { sweepEvery: 3000 } })
