import type { Effect } from '../../src/model/effect.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { makes } from '../../src/model/makes.ts'
import { foldLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'

/**
 * Plans and folds until there is nothing left to make, as a pass does, and answers what was made, what was said at the
 * end, and the line after it. `elsewhere` names the commit a write really stands on, when it is not the one asked for.
 */
export function settle(line: LineSnapshot, elsewhere: (effect: Effect) => string | null = () => null) {
  const made: Effect[] = []
  let id = 5000
  for (let round = 0; round < 100; round++) {
    const plan = planLine(line)
    for (const effect of plan) {
      id += 1
      line = foldLine(line, effect, { id, sha: elsewhere(effect) })
    }
    const making = plan.filter(makes)
    if (making.length === 0) return { made, said: plan, line }
    made.push(...making)
  }
  throw new Error('the line never came to rest')
}
