import { setTimeout as pause } from 'node:timers/promises'
import { Command } from 'commander'
import { backfill, type Progress, releasedLine } from '../reconcile/backfill.ts'
import { lookAtLine } from '../reconcile/look-at-line.ts'
import type { Post } from '../reconcile/outage.ts'
import { parseRepository } from './parse-repository.ts'
import { progressLine } from './progress-line.ts'
import { refuse } from './refuse.ts'
import { withEyes } from './with-eyes.ts'

/** What the official app goes back to as well (days). */
const usual = 180

/** `waybill backfill`: tells Jira's panels of a repository's past. Interrupted, it goes on where it was. */
export function backfillCommand(): Command {
  return new Command('backfill')
    .description(
      "tell Jira's panels of past branches, pull requests, merges and deployments; moves no issue, comments on none",
    )
    .argument('<repository>', 'as OWNER/REPO')
    .option('--since <date>', `what was last touched before is left out, as 2026-01-31 (default: ${usual} days ago)`)
    .action(async (text: string, { since: given }: { readonly since?: string }, command: Command) => {
      const repository = parseRepository(text)
      if (repository === null) return command.error(`not a repository: ${text} (write OWNER/REPO)`)
      const since = given === undefined ? startOfDay(Date.now() - usual * 86_400_000) : parseDate(given)
      if (since === null) return command.error(`not a date: ${given} (write it as 2026-01-31)`)
      const told = await run(repository, since).catch(refuse(command))
      if (told === null) return command.error(`${text} is not there, not configured, or the App is not installed there`)
      process.stdout.write(`${told} ${told === 1 ? 'entry was' : 'entries were'} told to Jira.\n`)
    })
}

/** `2026-01-31`, at its beginning in UTC (ms), or null. */
export function parseDate(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at
}

function startOfDay(at: number): number {
  return at - (at % 86_400_000)
}

function run(name: { readonly owner: string; readonly repo: string }, since: number): Promise<number | null> {
  return withEyes(name, async (eyes, { repository, defaultBranch }) => {
    if (!eyes.issues.panels) throw new Error('the panels need JIRA_CLIENT_ID and JIRA_CLIENT_SECRET')
    const line = await lookAtLine(eyes, { kind: 'line', repository, branch: defaultBranch })
    if (line === null) return null
    const post: Post = { ...eyes, queue: nobody, log: silent, crashpoint: () => {} }
    return backfill({ eyes, post, line: releasedLine(line), since, pause: (ms) => pause(ms), tell: show })
  })
}

/** The running Waybill hears of what it needs to by its own sweep. */
const nobody: Post['queue'] = { hint: async () => {}, remindOutbox: async () => {} }
const silent = { info: () => {}, warn: () => {}, error: () => {} }

function show(progress: Progress): void {
  const { isTTY = false } = process.stdout
  process.stdout.write(progressLine(progress, isTTY))
}
