import { expect, it } from 'vitest'
import { failedTurn, readyTurn, rolledBackTurn } from '../../src/words/turns.ts'

const turn = { version: 'v1.5.0', environment: 'production', people: ['@acme/analysts', 'octocat'] }

it('calls exactly those whose turn it is, and nobody else', () => {
  expect(readyTurn(turn)).toMatchInlineSnapshot(
    `"@acme/analysts @octocat: \`v1.5.0\` is ready for \`production\`. Whoever of you wrote none of it comments \`/waybill promote production\`."`,
  )
  expect(failedTurn({ ...turn, said: 'out of disk @all' })).toMatchInlineSnapshot(
    `"@acme/analysts @octocat: the deployment of \`v1.5.0\` to \`production\` failed (out of disk @​all). Nothing is tried again by itself: comment \`/waybill retry production\`, \`/waybill rollback production REASON\`, or merge a repair."`,
  )
  expect(
    rolledBackTurn({ ...turn, people: ['developer'], by: 'analyst', reason: 'errors\n@all' }),
  ).toMatchInlineSnapshot(
    `"@developer: \`v1.5.0\`, which carries this change, was taken out of \`production\` by analyst: errors @​all. It does not return; the version that carries the repair may go there."`,
  )
})
