import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { Wish } from '../model/wish.ts'
import { recheckAnswer } from '../words/answers.ts'
import { answer, react, settle } from './wish-effects.ts'

/** Looks at the pull request again, whoever asks: what is read decides, not who asked. */
export function recheck({ ref }: Pick<LineSnapshot, 'ref'>, wish: Wish): readonly Effect[] {
  const look: Effect = { kind: 'look', ref: { kind: 'pull', repository: ref.repository, number: wish.pull }, at: null }
  return [look, ...react(wish, 'rocket'), answer(wish, recheckAnswer()), settle(wish, 'done', { kind: 'recheck' })]
}
