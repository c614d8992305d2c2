import { describe, expect, it } from 'vitest'
import { appEnvironment, secretsOf } from '../src/env.ts'
import { createLog } from '../src/log.ts'
import { appKey } from './app-key.ts'
import { cpuTime } from './cpu-time.ts'
import { watchedLog } from './watched-log.ts'

const pem = appKey()
const password = 'p@ss:w"ord\\seeded'

/** Every variable that holds something secret, each with a value of its own. */
const variables = {
  APP_ID: '7',
  PRIVATE_KEY: pem,
  WEBHOOK_SECRET: 'webhook-seeded-in-here',
  WEBHOOK_SECRET_PREVIOUS: 'previous-seeded-in-here',
  METRICS_TOKEN: 'metrics-seeded-in-here',
  JIRA_SITE: 'https://acme.atlassian.net',
  JIRA_EMAIL: 'waybill@acme.example',
  JIRA_API_TOKEN: 'jira-seeded "in" here',
  JIRA_CLIENT_ID: 'client',
  JIRA_CLIENT_SECRET: 'client-seeded-in-here',
  DATABASE_URL: `postgres://waybill:${encodeURIComponent(password)}@db.example/waybill`,
}

const forms: readonly (readonly [string, string])[] = [
  ...Object.entries(variables).filter(([name]) => /KEY|SECRET|TOKEN|DATABASE/.test(name)),
  [
    "the account's authorization",
    Buffer.from(`${variables.JIRA_EMAIL}:${variables.JIRA_API_TOKEN}`).toString('base64'),
  ],
  ['a line of the key', pem.split('\n')[3] ?? ''],
  ['the password', password],
  ['the password in an address', encodeURIComponent(password)],
  ["an installation's token", 'ghs_0123456789abcdefghijABCDEFGHIJ012345'],
  ['a JSON Web Token', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI3In0.c2lnbmF0dXJl'],
  ['a signature', `sha256=${'0af1'.repeat(16)}`],
]

function logged(secret: string): string {
  const lines: string[] = []
  const environment = appEnvironment(variables)
  const log = createLog({
    level: 'trace',
    secrets: secretsOf(environment),
    destination: { write: (line) => void lines.push(line) },
  })
  log.trace(secret)
  log.info({ cause: secret, deep: { er: [secret] } }, 'a message')
  const error = Object.assign(new Error(`failed with ${secret}`), { request: { headers: { authorization: secret } } })
  log.error({ err: error, error: secret, event: { id: secret, name: 'push', payload: secret } }, `again ${secret}`)
  log.error(error)
  log.error({ err: new AggregateError([error, secret], 'several') })
  expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'))
  return lines.join('')
}

describe('the log (X48)', () => {
  it.each(forms)('holds nothing of %s, however it gets there', (_, secret) => {
    const text = logged(secret)
    for (const part of secret.split('\n').filter((line) => line.length >= 8 && !line.startsWith('-----'))) {
      expect(text).not.toContain(part)
      expect(text).not.toContain(JSON.stringify(part).slice(1, -1))
    }
    expect(text).toContain('[secret]')
  })

  it('shows what an error of several is made of', () => {
    const lines: string[] = []
    const log = createLog({ level: 'info', secrets: [], destination: { write: (line) => void lines.push(line) } })
    log.error({ err: new AggregateError([new Error('no room'), new TypeError('no shape')], 'not everything') })
    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
      message: 'not everything',
      errors: [{ message: 'no room' }, { type: 'TypeError', message: 'no shape' }],
    })
  })

  it.each(['-eyJ', 'eyJaaaaaaaa.', '://a:', '-ghs_', '"', '\\u'])(
    'is written in time, however long a text of %j is',
    (begin) => {
      const began = cpuTime()
      const text = logged(begin.repeat(Math.ceil(100_000 / begin.length)))
      expect(text.length).toBeGreaterThan(100_000)
      expect(cpuTime() - began).toBeLessThan(3000)
    },
  )

  it.each(Object.entries(variables).filter(([name]) => /KEY|SECRET|TOKEN/.test(name)))(
    'is read for %s in every story, and in a line of it that would be found',
    (_, value) => {
      const watched = watchedLog(variables)
      watched.destination.write('{"level":"info","msg":"nothing"}')
      watched.check()
      watched.destination.write(`{"level":"info","msg":"${value.split('\n')[3] ?? value}"}`)
      expect(() => watched.check()).toThrow('X48')
    },
  )
})
