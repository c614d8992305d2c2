import { eventually } from './eventually.ts'
import type { Narrator } from './narrator.ts'
import type { People } from './people.ts'
import { answered, carryOut, deploymentTo, jiraShows, showIssue } from './road-acts.ts'

const branch = 'SHOP-8-pay-by-invoice'

/** What Jira shows of a change that arrived, and of the second once it was taken back. */
const travelled =
  '1 branch · #1 MERGED, reviewer APPROVED · 2 builds successful · staging successful · production successful · 2 comments'
const takenBack =
  '1 branch · #2 MERGED, reviewer APPROVED · 2 builds successful · staging successful · production rolled_back · 3 comments'

/** After the road: a second change goes the same way, fails its users, is taken back, and may not return. */
export async function playTheWayBack(people: People, narrator: Narrator): Promise<void> {
  const { pull, version } = await followWithASecond(people, narrator)
  await showIssue(people, narrator, { key: 'SHOP-8', shows: travelled.replace('#1', '#2') })
  await takeItBack(people, narrator, { pull, version })
  await showIssue(people, narrator, { shows: travelled })
  await askWhereIsWhat(people, narrator, pull)
  await showIssue(people, narrator, { shows: travelled })
}

type Second = { readonly pull: number; readonly version: string }

async function followWithASecond(people: People, narrator: Narrator): Promise<Second> {
  narrator.step(7, 'A second change goes the same way')
  const head = await people.push('developer', branch, { message: 'Let people pay by invoice' })
  const pull = await people.openPull('developer', { branch, title: 'SHOP-8 Pay by invoice' })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  narrator.does('developer', `merges #${pull}; CI and the reviewer had their say`)
  const version = await eventually('the second release', async () => {
    const [newest, first] = await people.releases()
    return newest === undefined || first === undefined ? null : newest.tag
  })
  const staging = await deploymentTo(people, 'staging', version)
  await carryOut(people, narrator, { deployment: staging, pull, environment: 'staging', issue: 'SHOP-8' })
  await people.comment('analyst', pull, '/waybill promote production')
  narrator.does('analyst', 'comments /waybill promote production')
  const production = await deploymentTo(people, 'production', version)
  await carryOut(people, narrator, { deployment: production, pull, environment: 'production', issue: 'SHOP-8' })
  return { pull, version }
}

async function takeItBack(people: People, narrator: Narrator, { pull, version }: Second): Promise<void> {
  narrator.step(8, 'It went wrong: the last good version returns, the bad one does not')
  const command = '/waybill rollback production carts are emptied'
  await people.comment('developer', pull, command)
  narrator.does('developer', `comments ${command}`)
  const deployment = await deploymentTo(people, 'production', 'v0.1.0')
  narrator.shows('deployment', `${deployment.ref} to production, ${deployment.sha.slice(0, 7)}`)
  await answered(people, narrator, { pull, starts: '`v0.1.0`' })
  await people.carry(deployment.id, 'success', 'https://shop.example')
  narrator.does('deployer', 'reports success')
  await jiraShows(people, 'deployments', (items) => items.some((item) => item['state'] === 'rolled_back'), 'SHOP-8')
  await showIssue(people, narrator, { key: 'SHOP-8', shows: takenBack })
  const again = `/waybill promote production ${version}`
  await people.comment('analyst', pull, again)
  narrator.does('analyst', `comments ${again}`)
  await answered(people, narrator, { pull, starts: 'Refused' })
}

async function askWhereIsWhat(people: People, narrator: Narrator, pull: number): Promise<void> {
  narrator.step(9, 'Which version is where')
  await people.comment('reviewer', pull, '/waybill status')
  narrator.does('reviewer', 'comments /waybill status')
  const answer = await eventually('the two views', async () => {
    return (await people.comments(pull)).find((comment) => comment.body.includes('| environment | live |')) ?? null
  })
  narrator.shows('Waybill answers', answer.body, 24)
}
