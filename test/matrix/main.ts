import { parseArgs } from 'node:util'
import { allKills, killAtJira } from './kill-at-jira.ts'
import { openStage } from './open-stage.ts'
import { recordCalls } from './record-calls.ts'
import { runKills } from './run-kills.ts'
import { type Outcome, runMatrix, secretsIn } from './run-matrix.ts'
import { runStarts } from './run-starts.ts'

/**
 * `npm run matrix -- [--share 1] [--seed 1] [--lives 12] [--together 3] [--fault NAME] [--call 'POST /…']
 * [--case 'POST /… 502 after']…`: every call Waybill makes × every fault × before and after, a kill at every mark between
 * effects, and one at every write to Jira; the invariants are looked at after each life.
 */
const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    fault: { type: 'string' },
    call: { type: 'string' },
    case: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    lives: { type: 'string', default: '12' },
    together: { type: 'string', default: '3' },
  },
})
const begun = performance.now()
const say = (line: string) => void process.stdout.write(`${line}\n`)
const options = {
  share: Number(values.share),
  fault: values.fault,
  call: values.call,
  cases: values.case,
  seed: Number(values.seed),
  lives: Number(values.lives),
  together: Number(values.together),
  report: say,
}
const whole = options.fault === undefined && options.call === undefined && options.cases === undefined
const stage = await openStage()
const recorded = await recordCalls(stage)
const [ofLives, ofStarts, kills] = await Promise.all([
  runMatrix([stage], recorded, options),
  runStarts(stage, options),
  whole ? runKills(stage, recorded, say) : { killed: [], missed: [], broken: [] },
])
const outcomes = [...ofLives, ...ofStarts.outcomes]
const aside = [...secretsIn(stage), ...ofStarts.secrets, ...(await stage.brokenChain()), ...kills.broken]
await stage.close()
// With one fault or call only, nothing is killed.
const jirasKills = whole ? allKills : []
aside.push(...(await killAtJira(jirasKills)))

for (const sentence of aside) say(sentence)
table('fault', outcomes, (one) => one.fault)
table('call', outcomes, (one) => one.call)
if (kills.missed.length > 0) say(`marks that no life came by: ${kills.missed.join(', ')}`)
const calls = new Set(outcomes.map((one) => one.call)).size
const struck = outcomes.filter((one) => one.struck).length
const broken = outcomes.filter((one) => one.broken.length > 0).length + aside.length
const dearest = Math.max(0, ...outcomes.map((one) => one.calls))
const marks = new Set(kills.killed).size
say(
  `${calls} calls, ${outcomes.length} cases, ${struck} struck, kills at ${marks} of ${marks + kills.missed.length} marks ` +
    `and at ${jirasKills.flat().length} writes to Jira, ${broken} broken; dearest life ${dearest} calls; ${Math.round((performance.now() - begun) / 1000)} s`,
)
// A mark that nobody was killed at proves nothing.
process.exitCode = broken + kills.missed.length === 0 ? 0 : 1

function table(title: string, all: readonly Outcome[], keyOf: (one: Outcome) => string): void {
  say(`\ncases struck broken  ${title}`)
  for (const key of [...new Set(all.map(keyOf))].toSorted()) {
    const here = all.filter((one) => keyOf(one) === key)
    const figures = [
      here.length,
      here.filter((one) => one.struck).length,
      here.filter((one) => one.broken.length > 0).length,
    ]
    say(`${figures.map((figure, at) => String(figure).padStart([5, 6, 6][at] ?? 0)).join(' ')}  ${key}`)
  }
  say('')
}
