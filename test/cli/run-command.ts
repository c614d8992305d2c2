import type { Command } from 'commander'
import { vi } from 'vitest'

/**
 * Runs one of Waybill's commands in this process, with only these variables; answers what it prints. Rejects with what it would say on
 * standard error. For tests that are not about the process itself.
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const before = process.env
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text))
    return true
  })
  process.env = { PATH: before['PATH'], ...environment }
  try {
    for (const one of [command, ...command.commands]) one.exitOverride().configureOutput({ writeErr: () => {} })
    await command.parseAsync(args, { from: 'user' })
    return printed.join('')
  } finally {
    process.env = before
    write.mockRestore()
  }
}
