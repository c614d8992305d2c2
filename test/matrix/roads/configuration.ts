import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { found, until } from './steps.ts'

const file = '.github/waybill.yml'
const strict = 'version: 1\nissues: {projects: [SHOP]}\nmerge: {approvals: 1, checks: [], settle: 0s}\n'
const loose = strict.replace('approvals: 1', 'approvals: 0')

/** Waybill is adopted by one pull request, and told to ask for less by a second; a third waits beside them. */
export async function playConfiguration(people: People, issue: string): Promise<Ended> {
  const other = await opened(people, `${issue}-other`, 'x', 'other.txt')
  await concluded(people, other.head, 'waybill/gate', 'neutral')
  const adoption = await opened(people, 'SHOP-2-adopt', strict, file)
  await concluded(people, adoption.head, 'waybill/config', 'success')
  await people.merge('admin', adoption.number)
  await until('the gate to wait', async () => {
    return (await people.check(other.head, 'waybill/gate'))?.summary.includes('No approval yet; 1 is needed') === true
  })
  const mending = await opened(people, 'SHOP-4-mend', loose, file)
  await concluded(people, mending.head, 'waybill/config', 'success')
  await people.merge('admin', mending.number)
  await concluded(people, other.head, 'waybill/gate', 'success')
  return { pulls: [{ ...other, reviewed: false }], tags: 0, deployments: {} }
}

async function opened(people: People, branch: string, body: string, name: string) {
  const head = await people.push('developer', branch, { file: name, body, message: branch })
  return { head, number: await people.openPull('developer', { branch, title: branch }) }
}

async function concluded(people: People, head: string, name: string, conclusion: string): Promise<void> {
  await found(`${name} to be ${conclusion}`, async () => {
    const check = await people.check(head, name)
    if (check?.conclusion !== conclusion) throw new Error(`${check?.status} ${check?.conclusion}: ${check?.title}`)
    return check
  })
}
