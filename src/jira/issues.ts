import { unknown } from '../model/lookup.ts'
import type { Watch } from '../model/watched.ts'
import type { Issues } from '../reconcile/world/issues.ts'
import { createAccountClient } from './account-client.ts'
import { createAct } from './act.ts'
import { createGateway } from './gateway.ts'
import { createPanels } from './panels.ts'
import { createIssueReader, type SeenIssues } from './read-issue.ts'
import { createRefresh } from './refresh-issues.ts'
import { createRequest, type Limits } from './request.ts'
import { withoutAccount } from './without-account.ts'

export type JiraSettings = {
  /** Without a slash at the end. */
  readonly site: string
  /** For issues. */
  readonly account: { readonly email: string; readonly token: string } | null
  /** OAuth credentials for the panels. */
  readonly client: { readonly id: string; readonly secret: string } | null
  readonly gatewayUrl: string
}

export type IssuesOptions = {
  /** Null: no Jira is configured. */
  readonly settings: JiraSettings | null
  /** ms, UTC */
  readonly now: () => number
  /** Default: 10 s and 5 MB. */
  readonly limits?: Limits
  readonly watch?: Watch
  /** Told once, in one clause for the operator, when Jira refuses the account itself. */
  readonly refused?: (cause: string) => void
}

/** Jira Cloud. Without an account no issue can be looked up; without OAuth credentials the panels are told nothing. */
export function createIssues(options: IssuesOptions): Issues {
  const { settings, now, limits = defaultLimits, watch = () => {}, refused = () => {} } = options
  const request = createRequest(limits, watch)
  const seen: SeenIssues = new Map()
  return {
    verifies: settings?.account !== undefined && settings.account !== null,
    readIssue: issueReader(),
    refresh: refresher(),
    forget: () => seen.clear(),
    act: actor(),
    panels: settings?.client !== undefined && settings.client !== null,
    send: panels(),
  }

  function issueReader(): Issues['readIssue'] {
    if (settings === null || settings.account === null) return async () => unknown('no Jira account is configured')
    const { site, account } = settings
    return createIssueReader({ client: createAccountClient(request, { site, account }), site, now, refused, seen })
  }

  function refresher(): Issues['refresh'] {
    if (settings === null || settings.account === null) return async () => []
    const { site, account } = settings
    return createRefresh({ client: createAccountClient(request, { site, account }), site, seen, now })
  }

  function actor(): Issues['act'] {
    if (settings === null || settings.account === null) return async () => withoutAccount
    const { site, account, client } = settings
    return createAct({ client: createAccountClient(request, { site, account }), panels: client !== null, now })
  }

  function panels(): Issues['send'] {
    if (settings === null || settings.client === null) return async () => ({ graded: [], away: null })
    const { site, client, gatewayUrl } = settings
    return createPanels({ client: createGateway({ request, site, gatewayUrl, client, now }), now })
  }
}

const defaultLimits: Limits = { timeout: 10_000, largest: 5_000_000 }
