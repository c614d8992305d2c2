import type { LineSnapshot } from '../../src/model/line.ts'
import { settle } from './settle.ts'

/** What became of the newest wish: what was deployed and decided for it, the reactions, the answers' first lines, its end. */
export function fateOf(line: LineSnapshot) {
  const { made, said, line: after } = settle(line)
  const orders = made.flatMap((effect) =>
    effect.kind === 'create-deployment' ? [`${effect.claim.tag} to ${effect.claim.environment}`] : [],
  )
  const decided = made.flatMap((effect) => {
    if (effect.kind !== 'decide') return []
    const { what } = effect.decision
    const of = 'version' in what ? ` ${what.version}` : ''
    return 'environment' in what ? [`${what.kind}${of} ${what.environment}`] : []
  })
  const reactions = said.flatMap((effect) =>
    effect.kind === 'react' && effect.reaction !== 'eyes' ? [effect.reaction] : [],
  )
  const answers = said.flatMap((effect) => (effect.kind === 'answer-wish' ? [effect.body.split('\n')[0]] : []))
  const cause = said.flatMap((effect) => (effect.kind === 'answer-wish' ? [effect.body] : [])).join('\n')
  return { orders, decided, reactions, answers, cause, state: after.wishes.at(-1)?.state, line: after }
}
