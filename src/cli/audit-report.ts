import { Command } from 'commander'
import { readAuditedDeployments, readAuditedLine } from '../github/read-audited.ts'
import { readBlob } from '../github/read-blob.ts'
import { readAuditedTags } from '../github/read-witnesses.ts'
import type { AuditRow } from '../model/audit.ts'
import type { AuditException } from '../model/audited.ts'
import { configChanges } from '../model/config-changes.ts'
import { gatedBranches } from '../model/config-read.ts'
import { parseConfig } from '../model/parse-config.ts'
import { isIn, type Period } from '../model/period.ts'
import { nothingAsked } from '../reconcile/nothing-asked.ts'
import { auditExceptions, type PolicyChange } from '../rules/audit-exceptions.ts'
import { auditReport } from '../words/audit-report.ts'
import { type AuditedRepository, withAudit } from './open-audit.ts'
import { parsePeriod } from './parse-period.ts'
import { refuse } from './refuse.ts'

export type AuditReport = {
  readonly repository: string
  readonly merges: number
  readonly deployments: number
  readonly exceptions: readonly AuditException[]
}

/** `waybill audit report`: what GitHub shows of a period, held against the log. */
export function auditReportCommand(): Command {
  return new Command('report')
    .description('hold all merges and production deployments of a period against the log, and list the exceptions')
    .argument('<repository>', 'as OWNER/REPO')
    .option('--from <day>', 'first day (2026-01-31) or moment (ISO 8601), in UTC; else since the first row')
    .option('--to <day>', 'last day, or the moment before which it ends')
    .option('--json', 'print one JSON object')
    .action(async (name: string, options: Options, command: Command) => {
      const period = parsePeriod(options)
      if (period === null)
        return command.error(
          '--from and --to are days such as 2026-01-31, or moments of ISO 8601, the first before the last',
        )
      const report = await makeReport(name, period).catch(refuse(command))
      process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : auditReport(report))
    })
}

type Options = { readonly from?: string; readonly to?: string; readonly json?: boolean }

function makeReport(name: string, given: Period): Promise<AuditReport> {
  return withAudit(async ({ audit, github }) => {
    const at = await github(name)
    const rows: AuditRow[] = []
    for await (const row of audit.rows({ repositoryId: at.repository.id })) rows.push(row)
    const [first] = rows
    if (first === undefined)
      throw new Error(`the log has no row about ${name}: there is nothing to hold GitHub against`)
    const begun = Math.floor(first.at / 1000) * 1000
    const period = { ...given, from: Math.max(given.from, begun) }
    const { merges, deployments } = await readGithub(at, period)
    const policies = await readPolicies(at, rows)
    const tagged = await readAuditedTags(at.octokit, at.repository)
    const tags = new Map(tagged.map(({ name: tag, sha }) => [tag, sha]))
    const exceptions = auditExceptions({ period, rows, merges, deployments, policies, tags })
    const [merged, deployed] = [merges, deployments].map((all) => all.filter((one) => isIn(period, one.at)).length)
    return { repository: name, merges: merged ?? 0, deployments: deployed ?? 0, exceptions }
  })
}

async function readGithub({ code, octokit, repository, defaultBranch, app }: AuditedRepository, period: Period) {
  const line = await code.readLine({ kind: 'line', repository, branch: defaultBranch }, nothingAsked)
  if (line.kind !== 'found' || line.value.config.kind !== 'valid') {
    throw new Error('the configuration on the default branch can not be read, so nobody knows the line and production')
  }
  const { config } = line.value.config
  const [branch] = gatedBranches(config, defaultBranch)
  const merges = await readAuditedLine(octokit, repository, { branch, from: period.from, appId: app.id })
  const deployments = []
  for (const { name: environment, type } of config.environments) {
    if (type !== 'production') continue
    deployments.push(...(await readAuditedDeployments(octokit, repository, { environment, period, slug: app.slug })))
  }
  return { merges, deployments }
}

/** Where the configuration in force changed from one decision to the next, and what that let through. */
async function readPolicies(
  { octokit, repository, defaultBranch }: AuditedRepository,
  rows: readonly AuditRow[],
): Promise<readonly PolicyChange[]> {
  const changes: PolicyChange[] = []
  let before: string | null = null
  for (const { policy, at, number } of rows) {
    if (policy !== null && before !== null && policy !== before) {
      const [from, to] = [await readConfig(before), await readConfig(policy)]
      const compared = from === null || to === null ? null : configChanges(from, to, defaultBranch)
      changes.push({ at, from: before, to: policy, changes: compared, row: number })
    }
    before = policy ?? before
  }
  return changes

  async function readConfig(oid: string) {
    const text = await readBlob(octokit, repository, oid)
    const read = text === null ? null : parseConfig({ path: '.github/waybill.yml', text, sha: oid })
    return read?.kind === 'valid' ? read.config : null
  }
}
