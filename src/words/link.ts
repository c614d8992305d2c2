/** An address that can stand in a Markdown link and do nothing else: http or https, no brackets, no blanks. */
export function isPlainLink(url: string): boolean {
  return /^https?:\/\/[\w.~:/?#@!$&*+,;=%-]{1,2000}$/.test(url)
}

/** `label` is Markdown of our own; an address that is none of a page leaves the label alone. */
export function link(label: string, url: string): string {
  return isPlainLink(url) ? `[${label}](${url})` : label
}
