import type { Checks, PostedCheck } from '../model/check.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import { checksQuery } from './checks-query.ts'
import { child, childOrNull } from './json.ts'
import type { Octokit } from './octokit.ts'
import { type ChecksPage, parseChecks } from './parse-checks.ts'
import { runQuery } from './run-query.ts'

/** GitHub itself searches no more than the newest 1,000 suites of a commit. */
const mostPages = 20

/** All that reported on a commit, given its first page: further calls only where that page is not all. */
export async function finishChecks(
  octokit: Octokit,
  on: { readonly repository: Repository; readonly sha: string; readonly ownId: number },
  first: ChecksPage,
): Promise<{ readonly checks: Lookup<Checks>; readonly posted: readonly PostedCheck[] }> {
  const pages = [first]
  let { moreContexts, moreSuites } = first
  while (moreContexts !== null || moreSuites !== null) {
    if (pages.length > mostPages)
      return { checks: unknown('more reported than Waybill reads'), posted: postedOf(pages) }
    const page = await readPage(octokit, on, { contexts: moreContexts, suites: moreSuites })
    pages.push({
      ...page,
      checks: moreContexts === null ? [] : page.checks,
      posted: moreContexts === null ? [] : page.posted,
      suites: moreSuites === null ? [] : page.suites,
    })
    moreContexts = moreContexts === null ? null : page.moreContexts
    moreSuites = moreSuites === null ? null : page.moreSuites
  }
  const checks = { checks: pages.flatMap((page) => page.checks), suites: pages.flatMap((page) => page.suites) }
  return { checks: found(checks), posted: postedOf(pages) }
}

function postedOf(pages: readonly ChecksPage[]): readonly PostedCheck[] {
  return pages.flatMap((page) => page.posted)
}

async function readPage(
  octokit: Octokit,
  on: { readonly repository: Repository; readonly sha: string; readonly ownId: number },
  after: { readonly contexts: string | null; readonly suites: string | null },
): Promise<ChecksPage> {
  const { owner, name } = on.repository
  const variables = { owner, name, oid: on.sha, contexts: after.contexts, suites: after.suites }
  const { data } = await runQuery(octokit, { name: 'WaybillChecks', text: checksQuery, variables })
  const commit = childOrNull(child(data, 'repository'), 'object')
  const none = { statusCheckRollup: null, checkSuites: null }
  return parseChecks(commit?.['__typename'] === 'Commit' ? commit : none, on.ownId)
}
