import { Command } from 'commander'
import { expect, test } from 'vitest'
import { refuseInOneLine } from '../../src/cli/refuse-in-one-line.ts'

test.each([
  ['bogus', "unknown command 'bogus'. Usage: waybill [options] [command] (--help says more)"],
  [
    'explian',
    "unknown command 'explian' (Did you mean explain?). Usage: waybill [options] [command] (--help says more)",
  ],
  ['explain', "missing required argument 'subject'. Usage: waybill explain [options] <subject> (--help says more)"],
  ['explain a --b', "unknown option '--b'. Usage: waybill explain [options] <subject> (--help says more)"],
  ['explain acme', 'not a repository: acme'],
])('`waybill %s` is refused with one line that says how it is called', async (words, line) => {
  const said: string[] = []
  const output = { writeErr: (text: string) => void said.push(text) }
  const explain = new Command('explain').exitOverride().configureOutput(output).argument('<subject>')
  explain.action((subject: string) => explain.error(`not a repository: ${subject}`))
  const waybill = new Command('waybill').exitOverride().configureOutput(output).addCommand(explain)
  await expect(refuseInOneLine(waybill).parseAsync(words.split(' '), { from: 'user' })).rejects.toMatchObject({
    exitCode: 1,
  })
  expect(said.join('')).toBe(`${line}\n`)
})
