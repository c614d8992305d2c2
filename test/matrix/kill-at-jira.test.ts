import { expect, it } from 'vitest'
import { allKills, killAtJira } from './kill-at-jira.ts'

/** All of them are `npm run matrix`'s; these two are without an identity at Jira, and must be looked for. */
it('killed (kill -9) after Jira wrote the comment, and the version, and before it was read: there is one of each', async () => {
  const [first = []] = allKills
  const some = first.filter(({ call, phase }) => phase === 'after' && /^POST .*(?:comment|version)$/.test(call))
  expect(some).toHaveLength(2)
  expect(await killAtJira([some, []])).toEqual([])
}, 60_000)
