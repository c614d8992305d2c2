import { z } from 'zod'
import { httpUrl } from './env-url.ts'

export type JiraEnvironment = {
  /** Without a slash at the end. */
  readonly site: string
  /** For issues: look-ups, comments, transitions, versions. */
  readonly account: { readonly email: string; readonly token: string } | null
  /** For the panels. */
  readonly client: { readonly id: string; readonly secret: string } | null
  readonly gatewayUrl: string
}

/** Null: no Jira is configured. Each pair of credentials is given whole or not at all, and never without the site. */
export const jiraSchema = z
  .object({
    JIRA_SITE: httpUrl('the Jira site').optional(),
    JIRA_EMAIL: z.string().optional(),
    JIRA_API_TOKEN: z.string().optional(),
    JIRA_CLIENT_ID: z.string().optional(),
    JIRA_CLIENT_SECRET: z.string().optional(),
    JIRA_GATEWAY_URL: httpUrl("Atlassian's gateway").default('https://api.atlassian.com'),
  })
  .transform((is, context): JiraEnvironment | null => {
    const lacks = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const account = together(is, ['JIRA_EMAIL', 'JIRA_API_TOKEN'], lacks)
    const client = together(is, ['JIRA_CLIENT_ID', 'JIRA_CLIENT_SECRET'], lacks)
    if (account === null && client === null) {
      if (is.JIRA_SITE && context.issues.length === 0)
        lacks('JIRA_SITE', 'is given alone: add JIRA_EMAIL and JIRA_API_TOKEN, or leave it out')
      return null
    }
    if (is.JIRA_SITE === undefined) {
      lacks('JIRA_SITE', 'is missing while Jira credentials are given: enter https://YOUR-SITE.atlassian.net')
      return null
    }
    return {
      site: is.JIRA_SITE,
      account: account && { email: account[0], token: account[1] },
      client: client && { id: client[0], secret: client[1] },
      gatewayUrl: is.JIRA_GATEWAY_URL,
    }
  })

type JiraName = 'JIRA_EMAIL' | 'JIRA_API_TOKEN' | 'JIRA_CLIENT_ID' | 'JIRA_CLIENT_SECRET'

function together(
  is: { readonly [name in JiraName]?: string | undefined },
  [first, second]: readonly [JiraName, JiraName],
  lacks: (path: string, message: string) => void,
): readonly [string, string] | null {
  const a = is[first]
  const b = is[second]
  if (a !== undefined && b !== undefined) return [a, b]
  if (a !== undefined) lacks(second, `is missing while ${first} is given: enter both or neither`)
  if (b !== undefined) lacks(first, `is missing while ${second} is given: enter both or neither`)
  return null
}
