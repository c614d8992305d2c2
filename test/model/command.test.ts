import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../src/model/command.ts'

describe('a command', () => {
  it.each([
    ['/waybill promote production', { kind: 'promote', environment: 'production', version: null, emergency: null }],
    [
      '/waybill  promote\tproduction v1.5.0  ',
      { kind: 'promote', environment: 'production', version: 'v1.5.0', emergency: null },
    ],
    [
      '/waybill promote production\r\nbecause it is Tuesday',
      { kind: 'promote', environment: 'production', version: null, emergency: null },
    ],
    [
      '/waybill promote production --emergency the site is down',
      { kind: 'promote', environment: 'production', version: null, emergency: 'the site is down' },
    ],
    [
      '/waybill promote production v1.5.0 --emergency fire',
      { kind: 'promote', environment: 'production', version: 'v1.5.0', emergency: 'fire' },
    ],
    ['/waybill promote production --emergency', { kind: 'incomplete', verb: 'promote' }],
    ['/waybill promote production --emergency v1.5.0 fire', { kind: 'incomplete', verb: 'promote' }],
    ['/waybill sign-off production', { kind: 'sign-off', environment: 'production', version: null }],
    ['/waybill accept v1.5.0 looked at it', { kind: 'accept', version: 'v1.5.0', reason: 'looked at it' }],
    ['/waybill accept v1.5.0', { kind: 'incomplete', verb: 'accept' }],
    [
      '/waybill rollback production errors after 1.5.0',
      { kind: 'rollback', environment: 'production', version: null, reason: 'errors after 1.5.0' },
    ],
    [
      '/waybill rollback production v1.4.0 errors',
      { kind: 'rollback', environment: 'production', version: 'v1.4.0', reason: 'errors' },
    ],
    [
      '/waybill rollback production v1.4 errors',
      { kind: 'rollback', environment: 'production', version: 'v1.4', reason: 'errors' },
    ],
    ['/waybill rollback production', { kind: 'incomplete', verb: 'rollback' }],
    ['/waybill rollback production v1.4.0', { kind: 'incomplete', verb: 'rollback' }],
    ['/waybill retry staging', { kind: 'retry', environment: 'staging' }],
    ['/waybill hold production stock-taking', { kind: 'hold', environment: 'production', reason: 'stock-taking' }],
    ['/waybill hold production', { kind: 'incomplete', verb: 'hold' }],
    ['/waybill unhold production', { kind: 'unhold', environment: 'production' }],
    ['/waybill', { kind: 'help' }],
    ['/waybill help', { kind: 'help' }],
    ['/waybill promote', { kind: 'incomplete', verb: 'promote' }],
    ['/waybill frobnicate now', { kind: 'unknown', word: 'frobnicate' }],
    ['/waybill constructor', { kind: 'unknown', word: 'constructor' }],
    ['/Waybill Promote production', { kind: 'promote', environment: 'production', version: null, emergency: null }],
    ['/WAYBILL', { kind: 'help' }],
    ['/waybill Accept v1.5.0', { kind: 'incomplete', verb: 'accept' }],
    ['/waybill Constructor', { kind: 'unknown', word: 'Constructor' }],
    ['/waybill recheck\n/waybill status', { kind: 'recheck' }],
  ])('E28: %j', (body, command) => {
    expect(parseCommand(body)).toEqual(command)
  })

  it.each([
    'please /waybill promote production',
    'Hello\n/waybill promote production',
    ' /waybill promote production',
    '\n/waybill promote production',
    '/waybillpromote production',
    '> /waybill promote production',
    '`/waybill promote production`',
    '```\n/waybill promote production\n```',
    '    /waybill promote production',
    '<!-- /waybill promote production -->',
    '<!--\n/waybill promote production\n-->',
    '- /waybill promote production',
    '',
  ])('E28, X33: %j asks for nothing', (body) => {
    expect(parseCommand(body)).toBeNull()
  })
})
