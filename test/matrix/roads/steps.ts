import { eventually } from '../../../sandbox/eventually.ts'
import type { People } from '../../../sandbox/people.ts'

/** How long Waybill may take for a step while faults strike, and how often it is looked (ms). */
export const patience = { within: 180_000, every: 150 }

export type Proposed = { readonly number: number; readonly head: string; readonly reviewed: boolean }

/** A pull request whose build is green and whose gate passes; reviewed unless nobody has to. */
export async function proposed(people: People, issue: string, review = true): Promise<Proposed> {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch, { message: `${issue} A change` })
  const number = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'in_progress')
  await people.report(head, 'success')
  if (review) await people.review('reviewer', number)
  await until('a green gate', async () => (await people.check(head, 'waybill/gate'))?.conclusion === 'success')
  return { number, head, reviewed: review }
}

/** Merges it, and CI is green there; answers the merge commit. */
export async function merged(people: People, { number }: Proposed): Promise<string> {
  const merge = await people.merge('developer', number)
  await people.report(merge, 'success')
  return merge
}

/** Waits for the nth deployment of an environment, from 1, and reports it to its end. */
export async function carried(people: People, environment: string, nth = 1): Promise<void> {
  const id = await found(`deployment ${nth} to ${environment}`, async () => {
    return (await people.deployments(environment)).toReversed()[nth - 1]?.id ?? null
  })
  await people.carry(id, 'in_progress')
  await people.carry(id, 'success')
}

/** Waits until a comment on the pull request fits. */
export async function told(people: People, number: number, words: RegExp): Promise<void> {
  await until(`a comment like ${words.source}`, async () => {
    return (await people.comments(number)).some((comment) => words.test(comment.body))
  })
}

export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  await found(what, async () => ((await holds()) ? true : null))
}

export function found<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  return eventually(what, ask, patience.within, patience.every)
}
