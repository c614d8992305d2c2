import { connectGithub } from '../connect-github.ts'
import { type AppEnvironment, appEnvironment, secretsOf } from '../env.ts'
import { findRepository } from '../github/find-repository.ts'
import type { Octokit } from '../github/octokit.ts'
import { createLog } from '../log.ts'
import type { Repository } from '../model/ref.ts'
import type { Audit } from '../reconcile/world/audit.ts'
import type { Code } from '../reconcile/world/code.ts'
import { openAudit } from '../store/audit.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { createMemory } from '../store/memory.ts'
import { secret } from '../store/secret.ts'
import { parseRepository } from './parse-repository.ts'

export type OpenAudit = {
  readonly audit: Audit
  /** GitHub as the App sees this repository. Rejects when the App is not installed there. */
  github(name: string): Promise<AuditedRepository>
}

export type AuditedRepository = {
  readonly repository: Repository
  readonly defaultBranch: string
  readonly octokit: Octokit
  readonly code: Code
  readonly app: { readonly id: number; readonly slug: string }
}

/** Opens the database that the environment names for `run`, and closes it again. */
export async function withAudit<T>(run: (open: OpenAudit) => Promise<T>): Promise<T> {
  const environment = appEnvironment(process.env)
  const log = createLog({ level: 'silent', secrets: secretsOf(environment) })
  const database = await openDatabase(environment.database, log)
  try {
    return await run({ audit: openAudit(database), github: (name) => connect(environment, database, name) })
  } finally {
    await database.close()
  }
}

async function connect(environment: AppEnvironment, database: Database, text: string): Promise<AuditedRepository> {
  const name = parseRepository(text)
  if (name === null) throw new Error(`not a repository: ${text} (write OWNER/REPO)`)
  const log = createLog({ level: 'silent', secrets: secretsOf(environment) })
  const markerSecret = await secret(database, 'comment marker')
  const parts = { log, markerSecret, kept: createMemory(database), givesUp: true }
  const { code, app, appOctokit, octokitFor } = await connectGithub(environment, parts)
  const found = await findRepository(appOctokit, octokitFor, name)
  if (found === null) throw new Error(`${text} is not there, or the App is not installed there`)
  const { repository, defaultBranch } = found
  return { repository, defaultBranch, octokit: await octokitFor(repository.installationId), code, app }
}
