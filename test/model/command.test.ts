import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../src/model/command.ts'

describe('a command', () => {
  it.each([
    ['/waybill promote production', { kind: 'promote', environment: 'production', version: null }],
    ['/waybill  promote\tproduction v1.5.0  ', { kind: 'promote', environment: 'production', version: 'v1.5.0' }],
    [
      '/waybill promote production\r\nbecause it is Tuesday',
      { kind: 'promote', environment: 'production', version: null },
    ],
    ['/waybill', { kind: 'help' }],
    ['/waybill help', { kind: 'help' }],
    ['/waybill promote', { kind: 'incomplete', verb: 'promote' }],
    ['/waybill frobnicate now', { kind: 'unknown', word: 'frobnicate' }],
    ['/waybill constructor', { kind: 'unknown', word: 'constructor' }],
    ['/waybill Promote production', { kind: 'unknown', word: 'Promote' }],
  ])('E28: %j', (body, command) => {
    expect(parseCommand(body)).toEqual(command)
  })

  it.each([
    'please /waybill promote production',
    'Hello\n/waybill promote production',
    ' /waybill promote production',
    '\n/waybill promote production',
    '/waybillpromote production',
    '/Waybill promote production',
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
