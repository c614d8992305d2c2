import { z } from 'zod'

/** Parts that several sections of the configuration share. */

/** A word that stands for people stands alone: in a list it would be somebody's login, and somebody has each of them. */
const isWord = (input: unknown) => input === 'write-access' || input === 'nobody'
const aloneOr = (other: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    isWord(input) ? `is no user; ${String(input)} stands alone, without a list` : other,
})

export const person = z
  .string()
  .regex(
    /^(?!(?:write-access|nobody)$)(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99}|@[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9][A-Za-z0-9._-]{0,99})$/,
    aloneOr('must be a user (`octocat`, without @) or a team (`@org/team`)'),
  )

/** An empty list would be nobody by mistake. */
const named = z.array(person).min(1, { error: 'must name at least one user or team; for nobody write nobody' })

export const people = z.union([z.enum(['write-access', 'nobody']), named], {
  error: 'must be write-access, nobody, or a list of users and teams: [octocat, "@org/team"]',
})

const reporter = z
  .string()
  .regex(
    /^(?!(?:write-access|nobody)$)(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?|@[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9][A-Za-z0-9._-]{0,99})$/,
    aloneOr('must be a user (`octocat`, without @), an App (`deployer[bot]`) or a team (`@org/team`)'),
  )
const someReporters = z.array(reporter).min(1, { error: 'must name at least one; for nobody write nobody' })

export const reporters = z.union([z.enum(['write-access', 'nobody']), someReporters], {
  error: 'must be write-access, nobody, or a list of users, Apps and teams: [octocat, "deployer[bot]", "@org/team"]',
})

const inUnits = { error: 'must be a number with a unit, such as 30s, 60m, 4h or 7d' }
export const duration = z.string(inUnits).regex(/^\d{1,5}[smhd]$/, inUnits)

/** What git takes for the name of a branch (git-check-ref-format), written without `refs/heads/`. */
export const branchName = z
  .string()
  .max(255)
  .regex(/^(?!refs\/|\/|-)(?!.*(?:\/\/|\/\.|\.\.|@\{|\.lock(?:\/|$)))[^\s~^:?*[\\]*[^\s~^:?*[\\/.]$/, {
    error: 'must be the name of one branch, such as main or release/1: globs are not taken, nor refs/heads/ before it',
  })

export const glob = z.string().min(1).max(255)

export const check = z.union([glob, z.strictObject({ name: glob, app: z.string().min(1) })], {
  error: 'must be the name of a check, a glob, or {name: build, app: github-actions}',
})

/** Each is held against each check of a commit. */
export const namedChecks = z.array(check).max(100, { error: 'must be 100 checks at most' })
export const globs = z.array(glob).max(100, { error: 'must be 100 globs at most' })

export const checks = z.union([z.enum(['all', 'required']), namedChecks], {
  error: 'must be all, required, or a list of checks: [build, "test *"]',
})

export type People = z.output<typeof people>
export type ChecksWanted = z.output<typeof checks>
