import type { Command } from 'commander'

/** Ends the command with one line for a person and exit code 1; the error is one of ours, or its message says enough. */
export function refuse(command: Command): (error: unknown) => never {
  return (error) => command.error(error instanceof Error ? error.message : 'this went wrong')
}
