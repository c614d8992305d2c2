import { openDatabase } from '../../src/store/database.ts'

/** A process for tests: opens the embedded database that its argument names, says so, makes a checkpoint when told to, and would go on for ever. */
const say = (text: string) => process.stdout.write(`${text}\n`)
const log = { info: () => {}, warn: () => {}, error: (about: object) => say(JSON.stringify(about)) }
const database = await openDatabase({ directory: process.argv[2] ?? '' }, log)
say('open')
setInterval(() => {}, 1000)
process.stdin.once('data', () => database.run('checkpoint', []).catch(() => {}))
