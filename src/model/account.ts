/** A GitHub account. Identity is the id; the login is for showing. A bot's login is held without `[bot]`. */
export type Account = { readonly id: number; readonly login: string; readonly kind: 'user' | 'bot' }

/** Who a commit names: an account, or only a name and an e-mail that belong to no account. */
export type Signature =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'stranger'; readonly name: string; readonly email: string }

/** The account that `ID+LOGIN@users.noreply.github.com` names, or null for any other e-mail. */
export function parseNoreply(email: string): Account | null {
  const match = /^(\d{1,15})\+([^@\s]{1,100})@users\.noreply\.github\.com$/i.exec(email)
  if (match?.[1] === undefined || match[2] === undefined) return null
  const bot = match[2].endsWith('[bot]')
  return { id: Number(match[1]), login: match[2].replace(/\[bot\]$/, ''), kind: bot ? 'bot' : 'user' }
}
