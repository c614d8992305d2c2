import { parseArgs } from 'node:util'
import { runFuzz } from './run-fuzz.ts'

/** `npm run fuzz -- [--inputs 1000000] [--seed N]`: every parser of what strangers write. */
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
})
const begun = performance.now()
const results = await runFuzz(Number(values.inputs), Number(values.seed))
for (const { name, inputs, worst } of results) {
  process.stdout.write(`${String(inputs).padStart(8)}  ${name}, longest ${worst.toFixed(1)} ms\n`)
}
const total = results.reduce((sum, one) => sum + one.inputs, 0)
const worst = Math.max(...results.map((one) => one.worst))
const seconds = Math.round((performance.now() - begun) / 1000)
process.stdout.write(`${total} inputs, none threw; longest ${worst.toFixed(1)} ms; seed ${values.seed}; ${seconds} s\n`)
process.exitCode = worst > 50 ? 1 : 0
