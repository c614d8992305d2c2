import semver from 'semver'
import type { Bump } from './config-schema.ts'

const numbers = /^\d{1,9}\.\d{1,9}\.\d{1,9}$/

/** The version a tag stands for under a pattern such as `v{version}`, or null. Prereleases never count. */
export function parseVersionTag(tag: string, pattern: string): string | null {
  const [prefix = '', suffix = ''] = pattern.split('{version}')
  if (!tag.startsWith(prefix) || !tag.endsWith(suffix) || tag.length <= prefix.length + suffix.length) return null
  const text = tag.slice(prefix.length, tag.length - suffix.length)
  return numbers.test(text) && semver.valid(text) === text ? text : null
}

export function versionTag(version: string, pattern: string): string {
  return pattern.replace('{version}', () => version)
}

/** A tag that ends with a version, and the pattern it was made by (`shop-v{version}`); null for any other. */
export function parseAnyVersionTag(tag: string): { readonly version: string; readonly pattern: string } | null {
  const [, prefix = '', version = ''] = /^((?:[\w./-]*[A-Za-z_/-])?)(\d{1,9}\.\d{1,9}\.\d{1,9})$/.exec(tag) ?? []
  return version !== '' && semver.valid(version) === version ? { version, pattern: `${prefix}{version}` } : null
}

/** The version after `current`; 0.x follows the same rule as every other (2.0.0 of semver.org leaves it open). */
export function nextVersion(current: string, bump: Exclude<Bump, 'none'>): string {
  const next = semver.inc(current, bump)
  if (next === null) throw new RangeError(`not a version: ${current}`)
  return next
}

export function compareVersions(a: string, b: string): number {
  return semver.compare(a, b)
}
