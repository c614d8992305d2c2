import type { Sandbox } from './start-sandbox.ts'
import type { Waybill } from './start-waybill.ts'

/** What a person at the terminal needs to know: the addresses, everybody's token, how to clone, how to end it. */
export function describeSandbox({ github, jira, waybillUrl }: Sandbox, waybill: Waybill | undefined): string {
  const clone = `${github.url.replace('://', `://developer:${github.tokens.developer}@`)}/${github.repository}.git`
  const tokens = Object.entries(github.tokens).map(([who, token]) => `  ${who.padEnd(10)} ${token}`)
  return `
GitHub   ${github.url}   (repository ${github.repository})
Jira     ${jira.url}   (${jira.email}, token ${jira.token})
Waybill  ${waybill === undefined ? `not started; webhooks go to ${waybillUrl}` : waybill.url}

Tokens at GitHub
${tokens.join('\n')}

Clone it, push a branch such as SHOP-7-gift-cards, and look at what Jira shows:
  git clone ${clone}
  curl ${jira.url}/_sandbox/issues/SHOP-7

Ctrl+C ends it.
`
}
