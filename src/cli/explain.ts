import { Command } from 'commander'
import type { PullSnapshot } from '../model/pull.ts'
import { planPull } from '../plan/plan-pull.ts'
import { lookAtPull } from '../reconcile/look-at.ts'
import { printSnapshot } from '../reconcile/print-snapshot.ts'
import { judgePull } from '../rules/judge-pull.ts'
import { withEyes } from './with-eyes.ts'

type Subject = { readonly owner: string; readonly repo: string; readonly number: number }

/** `waybill explain`: one pass over a pull request that reads and plans, and applies nothing. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('print what is read of a pull request, how it is judged and what would be done; nothing is written')
    .argument('<pull-request>', 'as OWNER/REPO#NUMBER')
    .option('--json', 'print one JSON object')
    .action(async (text: string, { json }: { readonly json?: boolean }, command: Command) => {
      const subject = parseSubject(text)
      if (subject === null) return command.error(`not a pull request: ${text} (write OWNER/REPO#NUMBER)`)
      const snapshot = await read(subject).catch((error: unknown) => {
        return command.error(error instanceof Error ? error.message : 'this went wrong')
      })
      if (snapshot === null) return command.error(`${text} is not there, or the App is not installed there`)
      process.stdout.write(json === true ? `${printSnapshot(explain(snapshot))}\n` : pretty(explain(snapshot)))
    })
}

export function parseSubject(text: string): Subject | null {
  const match = /^([\w-]{1,100})\/([\w.-]{1,100})#([1-9]\d{0,8})$/.exec(text)
  if (match === null) return null
  const [, owner = '', repo = '', number = ''] = match
  return { owner, repo, number: Number(number) }
}

function read({ owner, repo, number }: Subject): Promise<PullSnapshot | null> {
  return withEyes({ owner, repo }, (eyes, { repository }) => lookAtPull(eyes, { kind: 'pull', repository, number }))
}

function explain(snapshot: PullSnapshot) {
  return { snapshot, verdict: judgePull(snapshot), plan: planPull(snapshot) }
}

function pretty(parts: ReturnType<typeof explain>): string {
  const blocks = Object.entries(parts).map(([name, part]) => {
    const value: unknown = JSON.parse(printSnapshot(part))
    return `${name}\n${JSON.stringify(value, null, 2)}\n`
  })
  return blocks.join('\n')
}
