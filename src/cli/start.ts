import { Command } from 'commander'
import { main } from '../main.ts'

/** `waybill start`: the program itself, the same as `npm start`. */
export function startCommand(): Command {
  return new Command('start')
    .description('receive deliveries and work on them, until SIGTERM; without APP_ID, serve the set-up page')
    .action(main)
}
