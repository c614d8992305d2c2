import { eventually } from './eventually.ts'
import type { Narrator } from './narrator.ts'
import type { CheckShown } from './people/checks.ts'
import type { People } from './people.ts'
import { answered, carryOut, deploymentTo, jiraShows, showCheck, showIssue } from './road-acts.ts'

const branch = 'SHOP-7-gift-cards'
const passed = (check: CheckShown) => check.conclusion === 'success'
const open = (check: CheckShown) => check.status === 'in_progress'

/** Plays one change from a pushed branch to production, and shows what GitHub and Jira show after each step. */
export async function playTheRoad(people: People, narrator: Narrator): Promise<void> {
  const head = await nameTheBranch(people, narrator)
  await showIssue(people, narrator, { shows: '1 branch' })
  const pull = await openThePull(people, narrator, head)
  await showIssue(people, narrator, { shows: '1 branch · #1 OPEN' })
  await makeItGreen(people, narrator, { head, pull })
  await showIssue(people, narrator, { shows: '1 branch · #1 OPEN, reviewer APPROVED · 1 build successful' })
  const merge = await mergeIt(people, narrator, pull)
  await showIssue(people, narrator, {
    shows: '1 branch · #1 MERGED, reviewer APPROVED · 2 builds successful · staging pending',
  })
  const sha = await deployToStaging(people, narrator, { merge, pull })
  await showIssue(people, narrator, {
    shows: '1 branch · #1 MERGED, reviewer APPROVED · 2 builds successful · staging successful · 1 comment',
  })
  await promote(people, narrator, { sha, pull })
  await showIssue(people, narrator, {
    shows:
      '1 branch · #1 MERGED, reviewer APPROVED · 2 builds successful · staging successful · production successful · 2 comments',
  })
}

async function nameTheBranch(people: People, narrator: Narrator): Promise<string> {
  narrator.step(1, 'A branch names its issue')
  const head = await people.push('developer', 'gift-cards', { message: 'Sell gift cards' })
  narrator.does('developer', `pushes gift-cards (${head.slice(0, 7)})`)
  showCheck(narrator, await people.checkIs(head, 'waybill/branch', (check) => check.conclusion === 'failure'), 3)
  await people.pushAs('developer', head, branch)
  narrator.does('developer', `pushes the same commit as ${branch}`)
  showCheck(narrator, await people.checkIs(head, 'waybill/branch', passed))
  const [shown] = await jiraShows(people, 'branches', (items) => items.some((item) => item['name'] === branch))
  narrator.shows('Jira SHOP-7', `development: branch ${shown?.['name']}`)
  return head
}

async function openThePull(people: People, narrator: Narrator, head: string): Promise<number> {
  narrator.step(2, 'The pull request meets the gate')
  const pull = await people.openPull('developer', { branch, title: 'SHOP-7 Sell gift cards' })
  narrator.does('developer', `opens pull request #${pull} into main`)
  showCheck(narrator, await people.checkIs(head, 'waybill/gate', open), 13)
  narrator.shows('GitHub refuses', await refusalOf(people.merge('developer', pull)), 1)
  return pull
}

async function makeItGreen(
  people: People,
  narrator: Narrator,
  { head, pull }: { readonly head: string; readonly pull: number },
): Promise<void> {
  narrator.step(3, 'CI and a reviewer have their say')
  await people.report(head, 'in_progress')
  narrator.does('ci', 'starts `build`')
  showCheck(
    narrator,
    await people.checkIs(head, 'waybill/gate', (check) => open(check) && /build/.test(check.summary)),
    2,
  )
  await people.report(head, 'success')
  narrator.does('ci', '`build` is green')
  await jiraShows(people, 'builds', (items) => items.some((item) => item['state'] === 'successful'))
  narrator.shows('Jira SHOP-7', 'builds: build successful')
  await people.review('reviewer', pull)
  narrator.does('reviewer', 'approves')
  showCheck(narrator, await people.checkIs(head, 'waybill/gate', passed), 2)
}

async function mergeIt(people: People, narrator: Narrator, pull: number): Promise<string> {
  narrator.step(4, 'The merge becomes a version')
  const merge = await people.merge('developer', pull)
  narrator.does('developer', `merges #${pull}: ${merge.slice(0, 7)} on main`)
  const other = await people.push('developer', 'SHOP-8-pay-by-invoice', { message: 'Let people pay by invoice' })
  narrator.does('developer', 'meanwhile pushes SHOP-8-pay-by-invoice')
  showCheck(narrator, await people.checkIs(other, 'waybill/branch', passed), 1)
  await people.report(merge, 'in_progress')
  await people.report(merge, 'success')
  narrator.does('ci', '`build` is green on the merge commit')
  const release = await eventually('the release', async () => (await people.releases())[0] ?? null)
  narrator.shows(`release ${release.tag}`, release.body, 2)
  const kind = await people.kindOf('developer', release.tag)
  narrator.shows(
    `${kind} ${release.tag}`,
    `stands on ${(await people.commitAt('developer', release.tag))?.slice(0, 7)}`,
  )
  return merge
}

type Released = { readonly merge: string; readonly pull: number }

async function deployToStaging(people: People, narrator: Narrator, { merge, pull }: Released): Promise<string> {
  narrator.step(5, 'Staging gets it by itself')
  const deployment = await deploymentTo(people, 'staging')
  narrator.shows(
    'deployment',
    `${deployment.ref} to staging, ${deployment.sha.slice(0, 7)}${deployment.sha === merge ? '' : ' (not the merge commit!)'}`,
  )
  await carryOut(people, narrator, { deployment, pull, environment: 'staging' })
  return deployment.sha
}

async function promote(
  people: People,
  narrator: Narrator,
  { sha, pull }: { readonly sha: string; readonly pull: number },
): Promise<void> {
  narrator.step(6, 'Somebody else promotes it to production')
  const command = '/waybill promote production'
  await people.comment('developer', pull, command)
  narrator.does('developer', `comments ${command}`)
  await answered(people, narrator, { pull, starts: 'Refused' })
  await people.comment('analyst', pull, command)
  narrator.does('analyst', `comments ${command}`)
  await answered(people, narrator, { pull, starts: '`v' })
  const deployment = await deploymentTo(people, 'production')
  narrator.shows(
    'deployment',
    `${deployment.ref} to production, ${deployment.sha === sha ? 'the very same sha' : 'ANOTHER SHA'} ${deployment.sha.slice(0, 7)}`,
  )
  await carryOut(people, narrator, { deployment, pull, environment: 'production' })
}

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]?.replaceAll('\\"', '"') ?? text
  }
  throw new Error('the merge went through, though the gate did not pass')
}
