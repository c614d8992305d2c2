import type { Finding } from '../model/verdict.ts'
import { renameCommands, replaceCommands } from './rename-commands.ts'

/** The commands that give a badly named branch its proposed name, as a block to copy; none where nothing is proposed. */
export function commandBlock(findings: readonly Finding[]): readonly string[] {
  for (const finding of findings) {
    if (finding.kind !== 'blocks') continue
    const { reason } = finding
    if (reason.kind !== 'branch-without-key' && reason.kind !== 'branch-off-pattern') continue
    if (reason.proposal === null || reason.isFork) return []
    const commands = reason.onPull ? replaceCommands : renameCommands
    return ['```sh', ...commands(reason.branch, reason.proposal), '```', '']
  }
  return []
}
