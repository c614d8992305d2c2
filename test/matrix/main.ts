import { parseArgs } from 'node:util'
import { allKills, killAtJira } from './kill-at-jira.ts'
import { openStage } from './open-stage.ts'
import { runMatrix } from './run-matrix.ts'

/** `npm run matrix -- [--share 1] [--seed 1] [--lives 4] [--together 3] [--fault NAME]`: every call × every fault × before and after, then every write to Jira killed. */
const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    fault: { type: 'string' },
    seed: { type: 'string', default: '1' },
    lives: { type: 'string', default: '4' },
    together: { type: 'string', default: '3' },
  },
})
const begun = performance.now()
const stage = await openStage()
const result = await runMatrix(stage, {
  share: Number(values.share),
  ...(values.fault !== undefined && { fault: values.fault }),
  seed: Number(values.seed),
  lives: Number(values.lives),
  together: Number(values.together),
  report: (line) => process.stdout.write(`${line}\n`),
})
await stage.close()
const killed = await killAtJira(allKills)
for (const line of [...result.broken, ...killed]) process.stdout.write(`${line}\n`)
const seconds = Math.round((performance.now() - begun) / 1000)
const { calls, cases, struck, dearest, broken } = result
process.stdout.write(
  `${calls.length} calls, ${cases} cases, ${struck} struck, ${broken.length} broken; dearest life ${dearest} calls; killed at ${allKills.flat().length} writes to Jira, ${killed.length} broken; ${seconds} s\n`,
)
process.exitCode = broken.length + killed.length === 0 ? 0 : 1
