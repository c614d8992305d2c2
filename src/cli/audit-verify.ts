import { Command } from 'commander'
import { readWitnesses } from '../github/read-witnesses.ts'
import type { AuditRow } from '../model/audit.ts'
import { type ChainBreak, verifyChain } from '../model/verify-chain.ts'
import { sha256 } from '../store/audit.ts'
import { chainBreakSentence } from '../words/chain-break.ts'
import { withAudit } from './open-audit.ts'
import { refuse } from './refuse.ts'

type Verified = {
  readonly rows: number
  readonly head: string
  readonly unchained: number
  readonly witnesses: number
  readonly broken: ChainBreak | null
}

/** `waybill audit verify`: exit code 1, and the first bad row, where the log is not as it was written. */
export function auditVerifyCommand(): Command {
  return new Command('verify')
    .description(
      "check that no row of the log was edited, deleted, reordered or cut off; with repositories also against what GitHub's tags and deployments remember",
    )
    .argument('[repositories...]', 'as OWNER/REPO')
    .option('--json', 'print one JSON object')
    .action(async (names: readonly string[], { json }: { readonly json?: boolean }, command: Command) => {
      const verified = await verify(names).catch(refuse(command))
      process.stdout.write(json === true ? `${JSON.stringify(verified)}\n` : pretty(verified))
      if (verified.broken !== null) process.exitCode = 1
    })
}

function verify(names: readonly string[]): Promise<Verified> {
  return withAudit(async ({ audit, github }) => {
    const rows: AuditRow[] = []
    const head = await audit.head()
    for await (const row of audit.rows({ repositoryId: null })) rows.push(row)
    const witnesses = []
    for (const name of names) {
      const { octokit, repository, app } = await github(name)
      witnesses.push(...(await readWitnesses(octokit, repository, app.slug)))
    }
    const broken = verifyChain(rows, { sha256, head, witnesses })
    const unchained = await audit.unchained()
    return { rows: rows.length, head: rows.at(-1)?.hash ?? '', unchained, witnesses: witnesses.length, broken }
  })
}

function pretty({ rows, head, unchained, witnesses, broken }: Verified): string {
  const before = unchained === 0 ? '' : ` ${count(unchained, 'older row')} from before the chain can't be checked.`
  if (broken !== null) return `${chainBreakSentence(broken)}${before}\n`
  if (rows === 0) return `The chain is empty.${before}\n`
  const seen = witnesses === 0 ? '' : ` It agrees with ${count(witnesses, 'head')} that GitHub holds.`
  return `${count(rows, 'row')}, each as it was written; the head is ${head}.${seen}${before}\n`
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}
