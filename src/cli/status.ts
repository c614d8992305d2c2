import { Command } from 'commander'
import { gatedBranches } from '../model/config-read.ts'
import { historyOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import { type Views, viewsOf } from '../model/views.ts'
import { lookAtLine } from '../reconcile/look-at-line.ts'
import { statusText } from '../words/status-text.ts'
import { parseRepository } from './parse-repository.ts'
import { refuse } from './refuse.ts'
import { withEyes } from './with-eyes.ts'

const mostVersions = 25

/** `waybill status`: what runs where, read from GitHub now; nothing is written. */
export function statusCommand(): Command {
  return new Command('status')
    .description('show versions by environment, environments by version, and what changed between neighbours')
    .argument('<repository>', 'as OWNER/REPO')
    .option('--json', 'print one JSON object')
    .action(async (text: string, { json }: { readonly json?: boolean }, command: Command) => {
      const repository = parseRepository(text)
      if (repository === null) return command.error(`not a repository: ${text} (write OWNER/REPO)`)
      const line = await readLine(repository).catch(refuse(command))
      if (line === null) return command.error(`${text} is not there, or the App is not installed there`)
      const views = viewsOfLine(line)
      if (typeof views === 'string') return command.error(views)
      process.stdout.write(json === true ? `${JSON.stringify(views)}\n` : `${statusText(views)}\n`)
    })
}

/** The line that is released: the default branch, or the one its file names. */
function readLine(named: { readonly owner: string; readonly repo: string }): Promise<LineSnapshot | null> {
  return withEyes(named, async (eyes, { repository, defaultBranch }) => {
    const line = await lookAtLine(eyes, { kind: 'line', repository, branch: defaultBranch })
    if (line?.config.kind !== 'valid') return line
    const [branch] = gatedBranches(line.config.config, line.defaultBranch)
    return branch === line.ref.branch ? line : lookAtLine(eyes, { ...line.ref, branch })
  })
}

function viewsOfLine(line: LineSnapshot): Views | string {
  const { config } = line
  switch (config.kind) {
    case 'valid':
      return viewsOf(
        { line, config: config.config, history: historyOf(line, config.config.release?.tag ?? 'v{version}') },
        mostVersions,
      )
    case 'absent':
      return `${line.ref.branch} has no .github/waybill.yml`
    case 'broken':
      return `${config.path} on ${line.ref.branch} can't be used`
    case 'unknown':
      return `the configuration could not be read: ${config.cause}`
  }
}
