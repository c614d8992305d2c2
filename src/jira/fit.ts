import { fingerprint } from '../model/fingerprint.ts'
import { plain } from '../words/inert.ts'

/** Text from outside in one plain line of at most `length` characters; `otherwise` where nothing is left of it. */
export function fitText(text: string, length: number, otherwise: string): string {
  const line = plain(text)
  if (line.length <= length) return line === '' ? otherwise.slice(0, length) : line
  // Not in the middle of a character that takes two units.
  return line
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .concat('…')
}

/** An id of at most `length` characters, different for different texts. */
export function fitId(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 17)}~${fingerprint(text)}`
}

/** A web address that Jira takes (http or https, 2000 characters), else `otherwise`. Others may have written it. */
export function fitUrl(url: string, otherwise: string): string {
  const parsed = URL.parse(url)
  const web = parsed !== null && ['http:', 'https:'].includes(parsed.protocol)
  return web && parsed.href.length <= 2000 ? parsed.href : otherwise
}

/** An id as devinfo takes it: at most 1024 of `[A-Za-z0-9~.\-_]`, so any other name goes as `~` and the hex of its UTF-8. */
export function devinfoId(name: string): string {
  const id = /^[A-Za-z0-9~.\-_]+$/.test(name) ? name : `~${Buffer.from(name, 'utf8').toString('hex')}`
  return fitId(id, 1024)
}

/** The branch's name as one or more segments of a path. */
export function branchPath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}
