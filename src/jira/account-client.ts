import type { Client } from 'jira.js/core'
import { createJiraClient } from './client.ts'
import type { Request } from './request.ts'

export type AccountSettings = {
  /** Without a slash at the end. */
  readonly site: string
  readonly account: { readonly email: string; readonly token: string }
}

/** The site itself, by the API token of an account. */
export function createAccountClient(request: Request, { site, account }: AccountSettings): Client {
  const header = `Basic ${Buffer.from(`${account.email}:${account.token}`, 'utf8').toString('base64')}`
  return createJiraClient({ request, host: site, authorization: async () => header })
}
