import { expect, it } from 'vitest'
import type { StageShown } from '../../src/words/living-comment.ts'
import { livingComment } from '../../src/words/living-comment.ts'

const staging: StageShown = {
  environment: 'staging',
  state: 'success',
  description: 'done | @all',
  url: 'https://ci.example/1',
  by: null,
  as: 'promotion',
  promoters: null,
}
const production: StageShown = {
  environment: 'production',
  state: 'next',
  description: '',
  url: null,
  by: null,
  as: 'promotion',
  promoters: '@acme/analysts',
}
const where = {
  tag: 'v1.5.0',
  sha: 'f00dfeedf00dfeed',
  releaseUrl: 'https://github.example/acme/shop/releases/tag/v1.5.0',
  inTheWay: [],
}

it('the living comment shows each environment, and who may do what next', () => {
  expect(livingComment({ ...where, stages: [staging, production] })).toMatchInlineSnapshot(`
    "Released as [v1.5.0](https://github.example/acme/shop/releases/tag/v1.5.0) on \`f00dfee\`.

    | environment | state | |
    | --- | --- | --- |
    | staging | ✅ success | done \\| @​all · [details](https://ci.example/1) |
    | production | ready to be promoted |  |

    **Next:** somebody of \`@acme/analysts\` who did not write this change comments \`/waybill promote production\`."
  `)
})

it('it calls everybody who may write by that, and nobody where nobody may', () => {
  const next = (promoters: string) => livingComment({ ...where, stages: [staging, { ...production, promoters }] })
  expect(next('write-access')).toContain('**Next:** somebody with write access who did not write')
  expect(next('nobody')).not.toContain('**Next:**')
})

it('it shows who promoted, what failed, what is under way and what comes later', () => {
  const stages: readonly StageShown[] = [
    { ...staging, state: 'failure', url: null, description: '' },
    { ...production, environment: 'eu', state: 'in_progress', by: 'analyst' },
    { ...production, environment: 'us', state: 'pending', by: 'analyst' },
    { ...production, environment: 'asia', state: 'later' },
    { ...production, environment: 'moon', state: 'error', promoters: null },
    { ...production, environment: 'mars', promoters: null },
  ]
  expect(livingComment({ ...where, stages })).toMatchInlineSnapshot(`
    "Released as [v1.5.0](https://github.example/acme/shop/releases/tag/v1.5.0) on \`f00dfee\`.

    | environment | state | |
    | --- | --- | --- |
    | staging | ❌ failed |  |
    | eu | 🚚 in progress | promoted by analyst |
    | us | 🕐 waiting for the deployer | promoted by analyst |
    | asia | later |  |
    | moon | ❌ error |  |
    | mars | next |  |"
  `)
})

it('without environments the release is the end', () => {
  expect(livingComment({ ...where, stages: [] })).toMatchInlineSnapshot(`
    "Released as [v1.5.0](https://github.example/acme/shop/releases/tag/v1.5.0) on \`f00dfee\`.

    No environments are configured: the release is the end of this road."
  `)
})

it('a link that is no web address is not shown as one', () => {
  const shown = livingComment({
    ...where,
    stages: [
      { ...staging, url: 'javascript:alert(1)' },
      { ...staging, url: 'https://ci.example/a)b [x](y' },
    ],
  })
  expect(shown).not.toContain('javascript:')
  expect(shown).not.toContain(')b [x](y')
})

it('it shows what is in the way, what was passed by and what was taken away', () => {
  const inTheWay = [
    {
      environment: 'production',
      reason: { kind: 'not-judged', version: 'v1.5.0', changes: [{ kind: 'pull', number: 7 }] },
    },
  ] as const
  expect(livingComment({ ...where, stages: [staging, production], inTheWay })).toMatchInlineSnapshot(`
    "Released as [v1.5.0](https://github.example/acme/shop/releases/tag/v1.5.0) on \`f00dfee\`.

    | environment | state | |
    | --- | --- | --- |
    | staging | ✅ success | done \\| @​all · [details](https://ci.example/1) |
    | production | not yet |  |

    **Not to \`production\` yet:** \`v1.5.0\` carries what reached this branch without a passing gate: #7.
    **Who can resolve it:** A promoter who did not write it
    **Next:** Look at it, then comment \`/waybill accept v1.5.0 REASON\` and ask again."
  `)
  const passed = { ...production, state: 'passed', description: 'v1.6.0' } as const
  const rejected = {
    ...production,
    environment: 'moon',
    state: 'rejected',
    description: 'rolled back by analyst: errors @all',
  } as const
  expect(livingComment({ ...where, stages: [passed, rejected] })).toMatchInlineSnapshot(`
    "Released as [v1.5.0](https://github.example/acme/shop/releases/tag/v1.5.0) on \`f00dfee\`.

    | environment | state | |
    | --- | --- | --- |
    | production | passed by | \`v1.6.0\` went there with all it carries |
    | moon | ↩️ rejected | rolled back by analyst: errors @​all |"
  `)
})
