import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { explainCommand, parseSubject } from '../../src/cli/explain.ts'
import { appKey } from '../app-key.ts'
import { inherited } from '../inherited.ts'
import { postgresPlace } from '../store/databases.ts'
import { runCommand } from './run-command.ts'

const program = resolve(import.meta.dirname, '../../src/cli/waybill.ts')

async function explain(subject: string) {
  const child = spawn(process.execPath, [program, 'explain', subject], {
    env: inherited,
    cwd: mkdtempSync(join(tmpdir(), 'way-')),
  })
  let errors = ''
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString()
  })
  const [code] = await once(child, 'close')
  return { code, errors: errors.trim() }
}

describe('waybill explain', () => {
  it.each([
    ['acme/shop#12', { owner: 'acme', repo: 'shop', number: 12 }],
    ['acme-2/.github#1', { owner: 'acme-2', repo: '.github', number: 1 }],
    ['acme/shop', null],
    ['acme/shop#0', null],
    ['../../etc#1', null],
    ['acme/shop#1/merge', null],
  ])('takes %s for a pull request, or for none', (text, subject) => {
    expect(parseSubject(text)).toEqual(subject)
  })

  it('says in one line what is missing', async () => {
    expect(await explain('acme/shop#1')).toEqual({
      code: 1,
      errors: 'APP_ID is missing: run `npm start` to set up',
    })
  })

  it('does not wait for a GitHub that is away', async () => {
    const answer = runCommand(explainCommand(), ['acme/shop#1'], {
      APP_ID: '7',
      PRIVATE_KEY: appKey(),
      WEBHOOK_SECRET: 'sixteen-chars-ok',
      GITHUB_API_URL: `http://127.0.0.1:${await freePort()}`,
      DATABASE_URL: (await postgresPlace()).url,
    })
    await expect(answer).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^GitHub can't be asked now \(.+\): check GITHUB_API_URL/),
    })
  })

  it('says that the App is not installed there', async () => {
    const server = createServer((request, response) => {
      const known = request.url === '/app'
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
      response.end(known ? '{"id":7,"slug":"waybill"}' : '{"message":"Not Found"}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const answer = runCommand(explainCommand(), ['acme/shop#1'], {
      APP_ID: '7',
      PRIVATE_KEY: appKey(),
      WEBHOOK_SECRET: 'sixteen-chars-ok',
      GITHUB_API_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      DATABASE_URL: (await postgresPlace()).url,
    })
    const message = 'acme/shop#1 is not there, or the App is not installed there'
    await expect(answer).rejects.toMatchObject({ exitCode: 1, message })
    server.closeAllConnections()
    server.close()
  })
})
