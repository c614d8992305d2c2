import { connectGithub } from '../connect-github.ts'
import { appEnvironment, secretsOf } from '../env.ts'
import { type FoundRepository, findRepository } from '../github/find-repository.ts'
import type { Octokit } from '../github/octokit.ts'
import { openIssues } from '../jira/open-issues.ts'
import { createLog } from '../log.ts'
import type { Eyes } from '../reconcile/eyes.ts'
import { openDatabase } from '../store/database.ts'
import { createMemory } from '../store/memory.ts'
import { secret } from '../store/secret.ts'

/**
 * For commands that read: the world without a queue, as the environment's variables name it. Waybill's own database is
 * opened for what only it knows. Null: the App is not installed there.
 */
export async function withEyes<T>(
  name: { readonly owner: string; readonly repo: string },
  look: (eyes: Eyes, found: FoundRepository & { readonly octokit: Octokit }) => Promise<T | null>,
): Promise<T | null> {
  const environment = appEnvironment(process.env)
  const log = createLog({ level: 'silent', secrets: secretsOf(environment) })
  const database = await openDatabase(environment.database, log)
  try {
    const markerSecret = await secret(database, 'comment marker')
    const memory = createMemory(database)
    const { code, appOctokit, octokitFor } = await connectGithub(environment, {
      log,
      markerSecret,
      kept: memory,
      givesUp: true,
    })
    const found = await findRepository(appOctokit, octokitFor, name)
    if (found === null) return null
    const issues = await openIssues({ settings: environment.jira, now: Date.now })
    const octokit = await octokitFor(found.repository.installationId)
    return await look({ code, issues, memory, now: Date.now }, { ...found, octokit })
  } finally {
    await database.close()
  }
}
