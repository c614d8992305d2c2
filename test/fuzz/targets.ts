import { createRequire } from 'node:module'
import fc from 'fast-check'
import { fitsEvent } from '../../src/github/delivered-events.ts'
import { cluesOf } from '../../src/github/hints.ts'
import { createIssueReader } from '../../src/jira/read-issue.ts'
import { fitsPattern, patternProblem, proposeBranch } from '../../src/model/branch-name.ts'
import { parseCommand } from '../../src/model/command.ts'
import { configSchema } from '../../src/model/config-schema.ts'
import { globMatches } from '../../src/model/glob.ts'
import { issueKeysIn } from '../../src/model/issue-key.ts'
import { parseMailmap } from '../../src/model/mailmap.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import { inert } from '../../src/words/inert.ts'

/** Something that reads what strangers write: it must come to an end, soon, and throw nothing. */
export type Target = {
  readonly name: string
  /** How many of each thousand inputs go here. */
  readonly share: number
  /** Hands so many inputs to `each`, one after the other; rejects with the smallest one that makes it throw. */
  readonly feed: (parameters: fc.Parameters<unknown>, each: (read: () => unknown) => Promise<void>) => Promise<void>
}

type Source<T> = {
  readonly name: string
  readonly share: number
  readonly inputs: fc.Arbitrary<T>
  readonly read: (input: T) => unknown
}

function target<T>({ name, share, inputs, read }: Source<T>): Target {
  return {
    name,
    share,
    feed: async (parameters, each) => {
      const property = fc.asyncProperty(inputs, (input) => each(() => read(input)))
      await fc.assert(property, { numRuns: parameters.numRuns ?? 100, seed: parameters.seed ?? 0 })
    },
  }
}

type Example = { readonly name: string; readonly examples: readonly unknown[] }
const examples: readonly Example[] = createRequire(import.meta.url)('@octokit/webhooks-examples')

const config = configSchema.parse({ version: 1, issues: { projects: ['SHOP', 'BIZPLAT'] } })

/** Text of what parsers stumble over: their own words, brackets, controls, other scripts, halves of characters, long runs. */
function nasty(words: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('[', ']', '{', '}', '- ', ': ', '\n', '\t', '"', "'", '#', '&a ', '*a', '!!x '),
    },
    { weight: 1, arbitrary: fc.constantFrom('\0', '\u202e', '\ud800', 'Ѕ', 'é', '\r\n', '`', '<!--', '@', '|', '\\') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('a', '[', '- ', '(a+)+', ' ', '\n'), fc.nat(3000))
        .map(([one, times]) => one.repeat(times)),
    },
  )
  return fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''))
}

const yaml = nasty([
  'version: 1\n',
  'issues:\n',
  '  projects: [SHOP]\n',
  'branches:\n',
  '  pattern: ["',
  'merge:',
  'true',
  '__proto__: ',
  '<<: ',
  '30s',
  'environments:\n  - name: ',
])
const names = nasty(['SHOP-1', 'shop-12-x', 'feature/', '..', '--upload-pack=x', 'refs/heads/', 'BIZPLAT-64951-remove'])
const patterns = nasty(['{key}', '{slug}', '{type}', '^', '$', '(?=', '\\p{L}', '{1,9999}', '*', '+', '(?<n>', '**/'])

/** A real payload in which anything, at any depth, may be anything. */
const payloads = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.nat(),
    fc.array(fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }),
  )
  .map(([{ name, examples: all }, at, changes]) => {
    const payload: unknown = structuredClone(all[at % all.length])
    for (const [where, value] of changes) changeSomewhere(payload, where, value)
    return { name, payload }
  })

function changeSomewhere(json: unknown, where: number, value: unknown): void {
  if (typeof json !== 'object' || json === null) return
  const keys = Object.keys(json)
  const key = keys[where % Math.max(1, keys.length)]
  if (key === undefined) return
  const inner: unknown = Reflect.get(json, key)
  if (where % 3 === 0 || typeof inner !== 'object' || inner === null) Reflect.set(json, key, value)
  else changeSomewhere(inner, Math.floor(where / 3), value)
}

const answers = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.record(
    { key: fc.oneof(fc.string(), fc.constant('SHOP-1')), fields: fc.jsonValue({ maxDepth: 4 }) },
    { requiredKeys: [] },
  ),
)

const own = { appId: 7, slug: 'waybill' }

export const targets: readonly Target[] = [
  target({
    name: 'configuration',
    share: 120,
    inputs: yaml,
    read: (text: string) => parseConfig({ path: 'w.yml', text, sha: '' }),
  }),
  target({
    name: 'pattern',
    share: 80,
    inputs: fc.tuple(patterns, names),
    read: ([pattern, name]: [string, string]) => {
      const given = pattern.slice(0, 512)
      if (patternProblem(given) !== null) return null
      return fitsPattern({ ...config, branches: { ...config.branches, pattern: [given] } }, name)
    },
  }),
  target({
    name: 'branch',
    share: 150,
    inputs: names,
    read: (name: string) => [fitsPattern(config, name), proposeBranch(config, { key: 'SHOP-1', words: [name] })],
  }),
  target({
    name: 'glob',
    share: 100,
    inputs: fc.tuple(patterns, names),
    read: ([glob, name]: [string, string]) => globMatches(glob.slice(0, 255), name, '/'),
  }),
  target({
    name: 'issue key',
    share: 150,
    inputs: names,
    read: (text: string) => issueKeysIn(text, ['SHOP', 'BIZPLAT']),
  }),
  target({
    name: 'command',
    share: 150,
    inputs: nasty(['/waybill ', 'promote ', 'production', 'rollback ', 'v1.2.3 ', 'because', '> ', '```\n', '<!-- ']),
    read: parseCommand,
  }),
  target({ name: 'mailmap', share: 50, inputs: nasty(['A <a@b.c> ', '<x@y.z>', '#']), read: parseMailmap }),
  target({ name: 'text to show', share: 50, inputs: names, read: inert }),
  target({
    name: 'webhook',
    share: 120,
    inputs: payloads,
    read: ({ name, payload }: { readonly name: string; readonly payload: unknown }) => [
      fitsEvent(name, payload),
      cluesOf({ id: 'delivery', name, payload }, own),
    ],
  }),
  target({
    name: "Jira's answer",
    share: 30,
    inputs: answers,
    read: (answer: unknown) => {
      const client = { sendRequest: async () => answer }
      const site = 'https://example.atlassian.net'
      return createIssueReader({ client: client as never, site, now: () => 0, refused: () => {}, seen: new Map() })(
        'SHOP-1',
      )
    },
  }),
]
