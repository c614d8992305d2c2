import { stdout } from 'node:process'
import { benchCalls } from './calls.ts'
import { benchMemory } from './memory.ts'

const benches = { calls: benchCalls, memory: benchMemory }

/** `npm run bench -- calls|memory`: measurements, printed; nothing here is a test. Without a name all of them run. */
const [name] = process.argv.slice(2)
const chosen = Object.entries(benches).filter(([known]) => name === undefined || known === name)
if (chosen.length === 0) throw new Error(`no such measurement: ${name}; there are ${Object.keys(benches).join(', ')}`)
for (const [title, bench] of chosen) {
  stdout.write(`\n${title}\n`)
  for (const line of await bench()) stdout.write(`  ${line}\n`)
}
