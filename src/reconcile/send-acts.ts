import { type Acting, type MoveIssue, stations } from '../model/issue-action.ts'
import type { Repository } from '../model/ref.ts'
import { hintAct } from './hint-act.ts'
import { declareAway, type Post } from './outage.ts'
import type { Acted } from './world/issues.ts'

/** How many are taken up at once. */
const batch = 100

/** A move that waits for people is looked at again after this (ms), if nothing else comes before. */
const again = 300_000

/** The pause of one thing that Jira fails at while it answers others: half the time that it waits already, within these (ms). */
const shortest = 30_000
const longest = 3_600_000

/**
 * Does to issues what memory holds for this repository, one after the other in the order in which it was wanted, and
 * answers when there is something to be done again (ms, UTC; null: nothing waits). Each is looked for where it may be
 * there, claimed, written and confirmed.
 */
export async function sendActs(post: Post, repository: Repository, random: () => number): Promise<number | null> {
  const { memory, now } = post
  const before = await memory.outage('issues')
  if (before !== null && before.until > now()) return before.until
  for (;;) {
    const due = await memory.dueActs(repository, { now: now(), limit: batch })
    if (due.length === 0) return memory.nextActAt(repository)
    const away = await doAll({ ...post, repository }, due)
    if (away !== null) return declareAway(post, 'issues', { before, away, random })
    if (before !== null) await memory.endOutage('issues')
  }
}

type Posting = Post & { readonly repository: Repository }
type Done = { readonly acting: Acting; readonly outcome: Acted }

/**
 * What Jira fails at while it answers others waits by itself, and holds nothing up. Where it fails at two issues, or at all there are,
 * and answers nothing in between, it is away.
 */
async function doAll(post: Posting, due: readonly Acting[]): Promise<Acted['away']> {
  let answered = false
  let doubts: readonly Done[] = []
  for (const acting of due) {
    const outcome = await doOne(post, acting, due)
    if (outcome === null) continue
    const isAsked = acting.action.kind !== 'link' || !post.issues.panels
    answered ||= outcome.away === null && isAsked
    if (outcome.doubtful) doubts = [...doubts, { acting, outcome }]
    else await grade(post, { acting, outcome })
    if (answered) {
      for (const one of doubts) await grade(post, byItself(post, one))
      doubts = []
    }
    if (outcome.away === null || (outcome.doubtful && isOfOneIssue(doubts))) continue
    for (const one of doubts) await grade(post, one)
    return outcome.away
  }
  for (const one of doubts) await grade(post, one)
  return doubts[0]?.outcome.away ?? null
}

function isOfOneIssue(doubts: readonly Done[]): boolean {
  return new Set(doubts.map(({ acting }) => acting.action.issueKey)).size < 2
}

function byItself({ now }: Post, { acting, outcome }: Done): Done {
  if (outcome.grade.kind !== 'kept') return { acting, outcome }
  const until = now() + Math.min(longest, Math.max(shortest, acting.waited / 2))
  return { acting, outcome: { ...outcome, grade: { ...outcome.grade, until } } }
}

/** Null: nothing was asked of Jira. */
async function doOne(post: Post, acting: Acting, due: readonly Acting[]): Promise<Acted | null> {
  const { issues, memory, crashpoint } = post
  if (isOutdated(acting, due)) {
    await memory.dropAct(acting.key)
    return null
  }
  const wait = await heldBack(post, acting)
  if (wait !== null) {
    await memory.gradeAct(acting, { grade: wait, written: null, done: false })
    return null
  }
  await memory.beginAct(acting.key)
  crashpoint(`issue-${acting.action.kind}.after-claim`)
  const outcome = await issues.act(acting)
  crashpoint(`issue-${acting.action.kind}.after-write`)
  return outcome
}

async function grade(post: Posting, { acting, outcome }: Done): Promise<void> {
  const { memory, log } = post
  await memory.gradeAct(acting, outcome)
  if (outcome.grade.kind !== 'kept' && (outcome.grade.kind === 'not-reported') !== acting.wasRefused) {
    await hintAct(post, post.repository, acting.key)
  }
  if (outcome.grade.kind === 'reported') return
  const { kind, cause } = outcome.grade
  log.warn({ act: acting.key, issue: acting.action.issueKey, grade: kind, cause }, 'not done in Jira')
}

/** Of the moves of an issue that wait only the last is made, and none to what it has left behind. */
function isOutdated({ action, key, outdated }: Acting, due: readonly Acting[]): boolean {
  if (action.kind !== 'move') return false
  const moves = due.flatMap((one) => (one.action.kind === 'move' ? [{ ...one.action, key: one.key }] : []))
  return outdated || moves.some((one) => one.issueKey === action.issueKey && isLater(one, { ...action, key }))
}

/** The move to production waits for all known open pull requests of the issue: it is not done before they are. */
async function heldBack({ memory, now }: Post, { action }: Acting) {
  if (action.kind !== 'move' || action.station !== 'production') return null
  const [open, ...more] = await memory.openPulls(action.issueKey)
  if (open === undefined) return null
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  const cause = `${open.repository}#${open.number}${others} of this issue is still open`
  return { kind: 'kept' as const, cause, until: now() + again }
}

type Move = MoveIssue & { readonly key: string }

/** GitHub's times are whole seconds: within one, the way says what came later. */
function isLater(one: Move, other: Move): boolean {
  if (one.at !== other.at) return one.at > other.at
  const [way, otherWay] = [stations.indexOf(one.station), stations.indexOf(other.station)]
  return way === otherWay ? one.key > other.key : way > otherWay
}
