import { Command } from 'commander'
import { connectGithub } from '../connect-github.ts'
import { type AppEnvironment, appEnvironment, secretsOf } from '../env.ts'
import { findRepository } from '../github/find-repository.ts'
import { createOctokitClass, type Octokit } from '../github/octokit.ts'
import { readHealth, requireGate } from '../github/read-health.ts'
import { createExaminer } from '../jira/examine.ts'
import { createIssues } from '../jira/issues.ts'
import { createLog } from '../log.ts'
import { gatedBranches } from '../model/config-read.ts'
import type { Diagnosis, Health, LineHealth } from '../model/health.ts'
import { changesOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { Repository } from '../model/ref.ts'
import type { Eyes } from '../reconcile/eyes.ts'
import { lookAtLine } from '../reconcile/look-at-line.ts'
import { diagnose } from '../rules/diagnose.ts'
import { openDatabase } from '../store/database.ts'
import { createMemory } from '../store/memory.ts'
import { secret } from '../store/secret.ts'
import { healthText, tellDiagnosis } from '../words/diagnosis.ts'
import { parseRepository } from './parse-repository.ts'
import { readJiraHealth } from './read-jira-health.ts'
import { refuse } from './refuse.ts'

/** So many of the newest merges are asked whether a check reported on them. */
const newest = 5

type Options = { readonly json?: boolean; readonly fix?: boolean }

/** `waybill doctor`: is the gate really required, who gets around it, what is missing, and the next click for each. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what keeps Waybill from its work in a repository, and how to mend it')
    .argument('<repository>', 'as OWNER/REPO')
    .option('--json', 'print one JSON object')
    .option('--fix', "require waybill/gate from this App by a ruleset, with an administrator's own GITHUB_TOKEN")
    .action(async (named: string, options: Options, command: Command) => {
      const name = parseRepository(named)
      if (name === null) return command.error(`not a repository: ${named} (write OWNER/REPO)`)
      const token = process.env['GITHUB_TOKEN'] ?? ''
      if (options.fix === true && token === '') {
        return command.error("--fix needs GITHUB_TOKEN: an administrator's own token, never the App's")
      }
      const admin = token === '' ? null : { token, fixes: options.fix === true }
      const seen = await examine(name, admin).catch(refuse(command))
      if (seen === null) return command.error(`${named} is not there, or the App is not installed there`)
      process.stdout.write(options.json === true ? jsonOf(seen) : textOf(seen))
    })
}

export type Examined = {
  readonly health: Health
  readonly found: readonly Diagnosis[]
  readonly fixed: readonly string[]
}

function textOf({ health, found, fixed }: Examined): string {
  const done = fixed.length === 0 ? '' : `waybill/gate is required on ${fixed.join(', ')} now, from this App only.\n\n`
  return `${done}${healthText(health, found)}`
}

function jsonOf({ health, found, fixed }: Examined): string {
  return `${JSON.stringify({ fixed, findings: found.map((one) => ({ ...one, ...tellDiagnosis(one, health) })) })}\n`
}

async function examine(
  name: { readonly owner: string; readonly repo: string },
  admin: { readonly token: string; readonly fixes: boolean } | null,
): Promise<Examined | null> {
  const environment = appEnvironment(process.env)
  const log = createLog({
    level: 'silent',
    secrets: [...secretsOf(environment), ...(admin === null ? [] : [admin.token])],
  })
  const database = await openDatabase(environment.database, log)
  try {
    const memory = createMemory(database)
    const markerSecret = await secret(database, 'comment marker')
    const github = await connectGithub(environment, { log, markerSecret, kept: memory, givesUp: true })
    const { appOctokit, octokitFor, code, app } = github
    const there = await findRepository(appOctokit, octokitFor, name)
    if (there === null) return null
    const issues = createIssues({ settings: environment.jira, now: Date.now })
    const eyes = { code, issues, memory, now: Date.now }
    const lines = await linesOf(eyes, there.repository, there.defaultBranch)
    const octokit = await octokitFor(there.repository.installationId)
    const examiner = createExaminer(environment.jira, Date.now)
    const asked = { ...eyes, examiner, site: environment.jira?.site ?? null }
    const jira = await readJiraHealth(asked, there.repository, lines.config)
    const hands = admin === null ? null : withToken(environment, admin.token)
    const look = async () => ({
      ...(await readHealth({ appOctokit, octokit, repository: there.repository, app, admin: hands, ...lines })),
      jira,
    })
    const health = await look()
    const found = diagnose(health)
    const open = found.flatMap((one) => (isMendable(one) ? [one.branch] : []))
    if (hands === null || admin?.fixes !== true || open.length === 0) return { health, found, fixed: [] }
    await requireGate(hands, there.repository, { app, branches: open })
    const after = await look()
    return { health: after, found: diagnose(after), fixed: open }
  } finally {
    await database.close()
  }
}

function isMendable(one: Diagnosis): one is Extract<Diagnosis, { kind: 'gate-not-required' | 'gate-not-pinned' }> {
  return one.kind === 'gate-not-required' || one.kind === 'gate-not-pinned'
}

function withToken({ githubApiUrl: baseUrl }: AppEnvironment, token: string): Octokit {
  const Octokit = createOctokitClass({ baseUrl, log: createLog({ level: 'silent', secrets: [token] }), now: Date.now })
  return new Octokit({ auth: { token } })
}

async function linesOf(eyes: Eyes, repository: Repository, defaultBranch: string) {
  const first = await lookAtLine(eyes, { kind: 'line', repository, branch: defaultBranch })
  const config = first?.config ?? { kind: 'absent' as const }
  const branches = config.kind === 'valid' ? gatedBranches(config.config, defaultBranch) : [defaultBranch]
  const lines = []
  const missingLines = []
  for (const branch of branches) {
    const isDefault = branch === defaultBranch
    const line = isDefault ? first : await lookAtLine(eyes, { kind: 'line', repository, branch })
    if (line === null) missingLines.push(branch)
    else lines.push({ branch, config: isDefault ? null : line.config, unproven: unprovenOn(line) })
  }
  return { config, lines, missingLines }
}

function unprovenOn({ commits, config }: LineSnapshot): LineHealth['unproven'] {
  const asks = config.kind === 'valid' && config.config.release !== undefined && config.config.release.checks.length > 0
  const merges = asks ? changesOf(commits).toReversed().slice(0, newest) : []
  const silent = merges.filter((change) => {
    const checks = change.commits.at(-1)?.checks
    return checks?.kind === 'found' && checks.value.checks.length === 0
  })
  return { merges: merges.length, silent: silent.length }
}
