import type { Sandbox } from './start-sandbox.ts'

/** What a person at the terminal needs to know: addresses, tokens, how to play a change through by hand, how to end it. */
export function describeSandbox(
  { github, jira }: Sandbox,
  { waybill, environmentFile }: { readonly waybill: string; readonly environmentFile: string },
): string {
  const clone = `${github.url.replace('://', `://developer:${github.tokens.developer}@`)}/${github.repository}.git`
  const tokens = Object.entries(github.tokens).map(([who, token]) => `  ${who.padEnd(10)} ${token}`)
  return `
GitHub   ${github.url}   (repository ${github.repository})
Jira     ${jira.url}   (${jira.email}, token ${jira.token})
Waybill  ${waybill}

Tokens at GitHub
${tokens.join('\n')}

Push a branch that names an issue, and look at what Jira shows:
  git clone -c user.name=developer -c user.email=developer@users.noreply.github.com ${clone} && cd shop
  git switch -c SHOP-7-gift-cards && git commit --allow-empty -m "Sell gift cards" && git push -u origin HEAD
  curl ${jira.url}/_sandbox/issues/SHOP-7

Open a pull request, approve it, say what CI found, merge it, and comment a command:
  at() { curl -s -X "$1" ${github.url}/repos/${github.repository}/$2 -H "authorization: token $3" -d "$4"; }
  at POST pulls ghp_developer '{"title": "SHOP-7 Gift cards", "head": "SHOP-7-gift-cards", "base": "main"}'
  at POST pulls/1/reviews ghp_reviewer '{"event": "APPROVE"}'
  at POST statuses/$(git rev-parse HEAD) ghs_ci '{"state": "success", "context": "build"}'
  at PUT pulls/1/merge ghp_developer '{}'
  at POST issues/1/comments ghp_developer '{"body": "/waybill status"}'
  at GET issues/1/comments ghp_developer

Ask Waybill itself at any time, in this folder:
  env $(cat ${environmentFile}) npm run explain -- ${github.repository}#1
  env $(cat ${environmentFile}) npm run doctor -- ${github.repository}

Ctrl+C ends it. With \`npm run sandbox -- --ci --deployer\` robots do what CI and the deployer do.
`
}
