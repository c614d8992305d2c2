/**
 * Something shaped like a Jira key as a whole segment: no letter, digit or underscore before it, no letter or digit
 * behind it, and no decimal point (`For-5.2`). The bounds keep the scan linear.
 */
const shaped = /(?<![\p{L}\p{N}_])([A-Za-z][A-Za-z0-9_]{1,254})-([1-9]\d{0,9})(?![\p{L}\p{N}]|\.\d)/gu

/** Standards and other words that look like a project's key and are none. */
const notProjects = new Set(
  'UTF SHA ISO RFC CVE CWE GHSA MD TLS SSL HTTP AES RSA DES ECMA ES GH PR IE IPV ARM BASE UCS ASCII'.split(' '),
)

/**
 * The keys of issues in `projects` that the text names, in upper case, each once, in the order of the text. `projects`
 * are upper-cased keys of projects (`SHOP`, `MY_PROJ`).
 */
export function issueKeysIn(text: string, projects: readonly string[]): readonly string[] {
  // Most texts name none: this is seen at once.
  if (!text.includes('-')) return []
  const keys = [...text.matchAll(shaped)]
    .map(([, project = '', number = '']) => ({ project: project.toUpperCase(), number }))
    .filter(({ project }) => projects.includes(project))
    .map(({ project, number }) => `${project}-${number}`)
  return [...new Set(keys)]
}

/** What reads as a key of any project: written in upper case, and no known standard (`UTF-8`). For naming foreign projects. */
export function keysLike(text: string): readonly string[] {
  const keys = [...text.matchAll(shaped)]
    .filter(([, project = '']) => project === project.toUpperCase() && !notProjects.has(project))
    .map(([, project = '', number = '']) => `${project}-${number}`)
  return [...new Set(keys)]
}
