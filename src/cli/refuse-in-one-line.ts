import type { Command } from 'commander'

/** Whoever misses a word is told in one line what is wrong and how the command is called; so with all commands below it. */
export function refuseInOneLine(command: Command): Command {
  command.configureOutput({ outputError: (text, write) => write(plain(text, command)) })
  for (const below of command.commands) refuseInOneLine(below)
  return command
}

/** Commander's own refusals begin with "error: "; what a command says itself stays as it is. */
function plain(text: string, command: Command): string {
  if (!text.startsWith('error: ')) return text
  const said = text
    .slice('error: '.length)
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
  return `${said}. Usage: ${nameOf(command)} ${command.usage()} (--help says more)\n`
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
}
