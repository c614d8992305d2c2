import { Command } from 'commander'
import { readConfigurationFiles } from '../github/read-configuration-files.ts'
import type { ConfigFile } from '../model/config-file.ts'
import { readSection } from '../model/config-file.ts'
import { type Origin, originsOf } from '../model/config-origins.ts'
import type { ConfigRead } from '../model/config-read.ts'
import type { Value } from '../model/merge-values.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { planPull } from '../plan/plan-pull.ts'
import { lookAhead } from '../reconcile/look-ahead.ts'
import { lookAtPull } from '../reconcile/look-at.ts'
import { lookAtLine } from '../reconcile/look-at-line.ts'
import { printSnapshot } from '../reconcile/print-snapshot.ts'
import { judgePull } from '../rules/judge-pull.ts'
import { problemsTable } from '../words/config-answer.ts'
import { configText, pullText } from '../words/explain-text.ts'
import { gateAnswer } from '../words/gate.ts'
import { plain } from '../words/inert.ts'
import { parseRepository } from './parse-repository.ts'
import { refuse } from './refuse.ts'
import { withEyes } from './with-eyes.ts'

type Subject = { readonly owner: string; readonly repo: string; readonly number: number }
type Printed = { readonly text: string; readonly json: string }

/** `waybill explain`: reads and plans as a pass does, and applies nothing. */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'how a pull request is judged and what would be done, or where each value of a configuration comes from',
    )
    .argument('<subject>', 'OWNER/REPO#NUMBER, or OWNER/REPO')
    .option('--json', 'print one JSON object')
    .action(async (text: string, { json }: { readonly json?: boolean }, command: Command) => {
      const explaining = explain(text)
      if (explaining === null) {
        return command.error(`neither a pull request nor a repository: ${text} (write OWNER/REPO#NUMBER or OWNER/REPO)`)
      }
      const printed = await explaining.catch(refuse(command))
      if (printed === null) return command.error(`${text} is not there, or the App is not installed there`)
      process.stdout.write(json === true ? printed.json : printed.text)
    })
}

export function parseSubject(text: string): Subject | null {
  const match = /^([\w-]{1,100})\/([\w.-]{1,100})#([1-9]\d{0,8})$/.exec(text)
  if (match === null) return null
  const [, owner = '', repo = '', number = ''] = match
  return { owner, repo, number: Number(number) }
}

/** Null: the text names neither. */
function explain(text: string): Promise<Printed | null> | null {
  const pull = parseSubject(text)
  if (pull !== null) return explainPull(pull)
  const repository = parseRepository(text)
  return repository === null ? null : explainRepository(repository)
}

async function explainPull({ owner, repo, number }: Subject): Promise<Printed | null> {
  const snapshot = await withEyes({ owner, repo }, async (eyes, { repository }) => {
    const seen = await lookAtPull(eyes, { kind: 'pull', repository, number })
    return seen === null ? null : lookAhead(eyes, seen)
  })
  return snapshot === null ? null : printPull(snapshot, `${owner}/${repo}#${number}`)
}

function printPull(snapshot: PullSnapshot, name: string): Printed {
  const verdict = judgePull(snapshot)
  const plan = planPull(snapshot)
  const { pull, gated } = snapshot
  const { base } = pull
  const answer = verdict.kind === 'silent' ? { because: verdict.because, base, gated } : gateAnswer(verdict, snapshot)
  return {
    text: pullText(`${name} ${snapshot.pull.title}`, answer, plan),
    json: `${printSnapshot({ snapshot, verdict, plan })}\n`,
  }
}

function explainRepository({
  owner,
  repo,
}: {
  readonly owner: string
  readonly repo: string
}): Promise<Printed | null> {
  const name = `${owner}/${repo}`
  return withEyes({ owner, repo }, async (eyes, { repository, defaultBranch, octokit }) => {
    const line = await lookAtLine(eyes, { kind: 'line', repository, branch: defaultBranch })
    if (line === null) return null
    const { config } = line
    if (config.kind !== 'valid')
      return { text: `${name}\n\n${withoutValues(config)}\n`, json: `${JSON.stringify({ config })}\n` }
    const files = await readConfigurationFiles(octokit, repository)
    const good = await eyes.memory.goodFile(repository, defaultBranch)
    const own = files.own.kind === 'file' && files.own.file.sha === config.sha ? files.own.file : good
    const defaults = files.organisation.kind === 'file' ? writtenIn(files.organisation.file) : null
    const origins: readonly Origin[] = originsOf(config.config, { own: own === null ? null : writtenIn(own), defaults })
    const { path, problems } = config
    return {
      text: configText(`${name} ${path}`, origins, problems),
      json: `${JSON.stringify({ path, origins, problems })}\n`,
    }
  })
}

function withoutValues(config: Exclude<ConfigRead, { kind: 'valid' }>): string {
  switch (config.kind) {
    case 'absent':
      return 'There is no configuration: Waybill does nothing here.'
    case 'unknown':
      return `The configuration can't be read: ${plain(config.cause)}`
    case 'broken':
      return `${config.path} can't be used, and no older one could be read:\n${problemsTable(config.problems)}`
  }
}

function writtenIn(file: ConfigFile): Value | null {
  const read = readSection(file.text)
  return read.kind === 'read' ? read.value : null
}
