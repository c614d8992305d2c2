/** `OWNER/REPO`, or null. */
export function parseRepository(text: string): { readonly owner: string; readonly repo: string } | null {
  const match = /^([\w-]{1,100})\/([\w.-]{1,100})$/.exec(text)
  if (match === null) return null
  const [, owner = '', repo = ''] = match
  return { owner, repo }
}
