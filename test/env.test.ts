import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AppEnvironment, parseEnvironment } from '../src/env.ts'
import { appKey } from './app-key.ts'

const pem = appKey()
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const least = { APP_ID: '7', PRIVATE_KEY: pem, WEBHOOK_SECRET: 'sixteen-chars-ok' }

function app(variables: Record<string, string>): AppEnvironment {
  const parsed = parseEnvironment({ ...least, ...variables })
  if (parsed.kind !== 'parsed' || parsed.environment.kind !== 'app') throw new Error(JSON.stringify(parsed))
  return parsed.environment
}

function problems(variables: Record<string, string | undefined>): readonly string[] {
  const parsed = parseEnvironment(variables)
  return parsed.kind === 'refused' ? parsed.problems : []
}

describe('the environment', () => {
  it('is complete with an App, its key and a secret', () => {
    expect(app({})).toEqual({
      kind: 'app',
      production: false,
      host: '0.0.0.0',
      port: 3000,
      publicUrl: null,
      logLevel: 'info',
      appId: 7,
      privateKey: expect.stringContaining('-----BEGIN RSA PRIVATE KEY-----'),
      webhookSecrets: ['sixteen-chars-ok'],
      githubApiUrl: 'https://api.github.com',
      database: { directory: './data' },
      crashpoint: null,
      metricsToken: null,
      jira: null,
      mode: null,
    })
  })

  it('takes no white space around a value for a part of it', () => {
    const { appId, webhookSecrets, metricsToken } = app({
      APP_ID: ' 7\n',
      WEBHOOK_SECRET: 'sixteen-chars-ok\r\n',
      METRICS_TOKEN: '\tsixteen-chars-too\n',
    })
    expect({ appId, webhookSecrets, metricsToken }).toEqual({
      appId: 7,
      webhookSecrets: ['sixteen-chars-ok'],
      metricsToken: 'sixteen-chars-too',
    })
    expect(problems({ ...least, WEBHOOK_SECRET: ' '.repeat(20) })[0]).toContain('WEBHOOK_SECRET is missing')
    expect(problems({ ...least, WEBHOOK_SECRET: `short${' '.repeat(20)}` })[0]).toContain('shorter than 16')
  })

  it('asks for set-up without APP_ID, but never in production; for this machine only, unless HOST is given', () => {
    const setup = { kind: 'setup', host: '127.0.0.1', port: 3000 }
    expect(parseEnvironment({})).toMatchObject({ kind: 'parsed', environment: setup })
    expect(parseEnvironment({ HOST: '0.0.0.0' })).toMatchObject({ environment: { ...setup, host: '0.0.0.0' } })
    expect(problems({ ...least, APP_ID: '', NODE_ENV: 'production' })).toEqual([
      'APP_ID is missing: enter the id from the settings of the GitHub App',
    ])
  })

  it.each([
    ['as it is', pem],
    ['with \\n written out', pem.replaceAll('\n', '\\n')],
    ['in quotes, as Probot writes it', `"${pem.replaceAll('\n', '\\n')}"`],
    ['in single quotes', `'${pem}'`],
    ['with line ends of Windows', pem.replaceAll('\n', '\r\n')],
    ['in base64', Buffer.from(pem).toString('base64')],
  ])('takes the private key %s', (_how, value) => {
    expect(app({ PRIVATE_KEY: value }).privateKey.trim()).toBe(pem.trim())
  })

  it('takes the private key from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'waybill-env-')), 'key.pem')
    writeFileSync(file, pem)
    expect(app({ PRIVATE_KEY: '', PRIVATE_KEY_PATH: file }).privateKey.trim()).toBe(pem.trim())
    expect(problems({ ...least, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: `${file}.gone` })).toEqual([
      'PRIVATE_KEY_PATH names a file that cannot be read',
    ])
  })

  it.each<[string, Record<string, string | undefined>, string]>([
    ['no secret', { WEBHOOK_SECRET: undefined }, 'WEBHOOK_SECRET is missing'],
    ['the default secret', { WEBHOOK_SECRET: 'development' }, 'WEBHOOK_SECRET must not be "development"'],
    ['a short secret', { WEBHOOK_SECRET: 'fifteen-chars--' }, 'WEBHOOK_SECRET is shorter than 16 characters'],
    ['a short old secret', { WEBHOOK_SECRET_PREVIOUS: 'short' }, 'WEBHOOK_SECRET_PREVIOUS is shorter'],
    ['no key', { PRIVATE_KEY: undefined }, 'PRIVATE_KEY is missing'],
    ['no real key', { PRIVATE_KEY: 'secret' }, 'PRIVATE_KEY is no whole RSA private key'],
    [
      'half a key',
      { PRIVATE_KEY: pem.split('\n').toSpliced(5, 9).join('\n') },
      'PRIVATE_KEY is no whole RSA private key',
    ],
    ['a key of another kind', { PRIVATE_KEY: ec }, 'PRIVATE_KEY is no whole RSA private key'],
    ['a % in a password', { DATABASE_URL: 'postgres://u:100%@h/d' }, 'DATABASE_URL has a % that begins no code'],
    ['a strange App id', { APP_ID: 'waybill' }, 'APP_ID must be the number'],
    ['a strange port', { PORT: '65536' }, 'PORT must be a port number'],
    ['a strange level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
    ['a strange database', { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgres://'],
    ['a strange address', { GITHUB_API_URL: 'ftp://x' }, "GITHUB_API_URL must be GitHub's API"],
    ['a password in an address', { PUBLIC_URL: 'https://a:b@c' }, 'PUBLIC_URL must be the address'],
    ['half an account', { JIRA_SITE: 'https://j', JIRA_EMAIL: 'a@b' }, 'JIRA_API_TOKEN is missing while JIRA_EMAIL'],
    ['half a client', { JIRA_SITE: 'https://j', JIRA_CLIENT_SECRET: 's' }, 'JIRA_CLIENT_ID is missing'],
    ['no site', { JIRA_EMAIL: 'a@b', JIRA_API_TOKEN: 't' }, 'JIRA_SITE is missing'],
    ['a site alone', { JIRA_SITE: 'https://j' }, 'JIRA_SITE is given alone'],
  ])('refuses %s with one line', (_what, variables, line) => {
    const found = problems({ ...least, ...variables })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(line)
  })

  it('names every problem at once and shows no value', () => {
    const found = problems({ APP_ID: 'x', PRIVATE_KEY: 'hunter2', WEBHOOK_SECRET: 'hunter2', PORT: 'hunter2' })
    expect(found.map((line) => line.split(' ')[0]).sort()).toEqual(['APP_ID', 'PORT', 'PRIVATE_KEY', 'WEBHOOK_SECRET'])
    expect(found.join()).not.toContain('hunter2')
  })

  it('reads Jira, GitHub Enterprise Server, the database and the old secret', () => {
    const jira = { JIRA_SITE: 'https://j.example/', JIRA_EMAIL: 'a@b', JIRA_API_TOKEN: 't' }
    expect(app(jira).jira).toEqual({
      site: 'https://j.example',
      account: { email: 'a@b', token: 't' },
      client: null,
      gatewayUrl: 'https://api.atlassian.com',
    })
    expect(app({ GHE_HOST: 'github.example.com' }).githubApiUrl).toBe('https://github.example.com/api/v3')
    expect(app({ DATABASE_URL: 'postgres://u:p@h/d' }).database).toEqual({ url: 'postgres://u:p@h/d' })
    expect(app({ WEBHOOK_SECRET_PREVIOUS: 'the-previous-secret' }).webhookSecrets).toHaveLength(2)
  })

  it('honours a crashpoint outside production only', () => {
    expect(app({ WAYBILL_CRASHPOINT: 'a' }).crashpoint).toBe('a')
    expect(app({ WAYBILL_CRASHPOINT: 'a', NODE_ENV: 'production' }).crashpoint).toBeNull()
  })

  it('is described whole in .env.example', () => {
    const root = resolve(import.meta.dirname, '..')
    const read = ['env.ts', 'env-key.ts', 'env-jira.ts'].flatMap((file) => {
      const text = readFileSync(join(root, 'src', file), 'utf8')
      return [...text.matchAll(/\b([A-Z][A-Z_]+): (?:z|secret|httpUrl)\b/g)].map((match) => match[1])
    })
    const described = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)]
    expect(described.map((match) => match[1]).sort()).toEqual(read.sort())
  })
})
