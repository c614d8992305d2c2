import type { Effect } from '../model/effect.ts'
import { type LineStanding, standingText } from '../model/line-standing.ts'
import { lineStanding } from '../rules/line-standing.ts'
import type { LineView } from './plan-line.ts'

/** Gates are looked at a moment later, so that several changes of a line cost each of them one look (ms). */
const moment = 1500

/** Keeps where the line stands, and has the open pull requests looked at again where that may change their answer. */
export function planStanding(view: LineView): readonly Effect[] {
  const { line } = view
  const standing = lineStanding(view)
  const before = line.standing
  if (before !== null && standingText(before) === standingText(standing)) return []
  const at = before === null ? null : line.now + moment
  const looks = line.openPulls.map((number): Effect => {
    return { kind: 'look', ref: { kind: 'pull', repository: line.ref.repository, number }, at }
  })
  const isNews = before === null || gateText(before) !== gateText(standing)
  return [{ kind: 'keep-standing', ref: line.ref, standing }, ...(isNews ? looks : [])]
}

/** What the gate looks at: notices are for people. */
function gateText(standing: LineStanding): string {
  return standingText({ ...standing, notices: [] })
}
