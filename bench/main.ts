import { stdout } from 'node:process'
import { benchAcks } from './acks.ts'
import { benchCalls } from './calls.ts'
import { benchGrowth } from './growth.ts'
import { benchJudge } from './judge.ts'
import { benchLatency } from './latency.ts'
import { benchLine } from './line.ts'
import { benchMemory } from './memory.ts'

const benches = {
  judge: benchJudge,
  calls: benchCalls,
  latency: benchLatency,
  acks: benchAcks,
  line: benchLine,
  memory: benchMemory,
  growth: benchGrowth,
}

/** `npm run bench -- judge|calls|latency|acks|line|memory|growth`: measurements, printed; nothing here is a test. Without a name all of them run. */
const [name] = process.argv.slice(2)
const chosen = Object.entries(benches).filter(([known]) => name === undefined || known === name)
if (chosen.length === 0) throw new Error(`no such measurement: ${name}; there are ${Object.keys(benches).join(', ')}`)
for (const [title, bench] of chosen) {
  stdout.write(`\n${title}\n`)
  for (const line of await bench()) stdout.write(`  ${line}\n`)
}
