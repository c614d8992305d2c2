import { cpus, loadavg } from 'node:os'
import { stderr, stdout } from 'node:process'
import { benchAcks } from './acks.ts'
import { benchCalls } from './calls.ts'
import { benchGrowth } from './growth.ts'
import { benchJudge } from './judge.ts'
import { benchLatency } from './latency.ts'
import { benchLine } from './line.ts'
import { benchMemory } from './memory.ts'
import { type Row, tableOf } from './row.ts'

const load = loadavg()[0]?.toFixed(1)
const benches = {
  judge: benchJudge,
  calls: benchCalls,
  latency: benchLatency,
  acks: benchAcks,
  line: benchLine,
  memory: benchMemory,
  growth: benchGrowth,
}

/**
 * `npm run bench -- judge|calls|latency|acks|line|memory|growth`: measurements, printed as one table; nothing here is a
 * test. Without a name all of them run.
 */
const [name] = process.argv.slice(2)
const chosen = Object.entries(benches).filter(([known]) => name === undefined || known === name)
if (chosen.length === 0) throw new Error(`no such measurement: ${name}; there are ${Object.keys(benches).join(', ')}`)
const rows: Row[] = []
for (const [title, bench] of chosen) {
  stderr.write(`${title} …\n`)
  const measured = await bench()
  rows.push(...measured.filter((one) => typeof one !== 'string'))
  if (name !== undefined) for (const one of measured) if (typeof one === 'string') stdout.write(`${one}\n`)
}
stdout.write(`\n${tableOf(rows)}\n`)
const [cpu] = cpus()
stdout.write(`\n${cpus().length} × ${cpu?.model ?? '?'}, Node ${process.version}; load before: ${load}\n`)
