import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { git } from '../run-program.ts'
import type { Person, Place } from './place.ts'

/** Real git: every person has a clone of their own. */
export function clones(place: Place) {
  const made = new Map<string, Promise<string>>()
  const clone = (who: Person): Promise<string> => {
    const known = made.get(who) ?? cloneFor(place, who)
    made.set(who, known)
    return known
  }
  /** With all that is there by now; one that is made now has it. */
  const newest = async (who: Person, ...options: readonly string[]): Promise<string> => {
    const known = made.get(who)
    if (known === undefined) return clone(who)
    const cwd = await known
    await git(['fetch', '-q', ...options, 'origin'], { cwd })
    return cwd
  }
  return {
    /** Commits one file on a new branch off the newest main (or on the branch itself, if it is there) and pushes it. Answers the sha. */
    push: async (who: Person, branch: string, change: Pushed = {}) =>
      commitFile(await newest(who), { who, branch, change }),
    /** Pushes a commit that is there already under another name. */
    async pushAs(who: Person, sha: string, branch: string) {
      await git(['push', '-q', 'origin', `${sha}:refs/heads/${branch}`], { cwd: await clone(who) })
    },
    /** Pushes what the “Revert” button makes of a commit on main: a branch that undoes it. Answers the sha. */
    async pushRevert(who: Person, sha: string, branch: string) {
      const cwd = await newest(who)
      await git(['checkout', '-q', '-B', branch, 'origin/main'], { cwd })
      await git(['revert', '--no-edit', sha], { cwd })
      await git(['push', '-q', 'origin', `HEAD:refs/heads/${branch}`], { cwd })
      return (await git(['rev-parse', 'HEAD'], { cwd })).stdout.trim()
    },
    /** The commit a ref of the server's repository comes down to, or null. */
    async commitAt(who: Person, ref: string): Promise<string | null> {
      const cwd = await newest(who, '--tags')
      const found = await git(['rev-parse', '--verify', '-q', `${ref}^{commit}`], { cwd }).catch(() => null)
      return found === null ? null : found.stdout.trim()
    },
    /** `commit` for a lightweight tag, `tag` for an annotated one. */
    async kindOf(who: Person, ref: string): Promise<string> {
      const cwd = await newest(who, '--tags')
      return (await git(['cat-file', '-t', ref], { cwd })).stdout.trim()
    },
  }
}

type Pushed = {
  readonly file?: string
  readonly message?: string
  /** Null deletes the file. */
  readonly body?: string | null
  readonly trailer?: string
  /** Makes the file a program. */
  readonly executable?: true
  /** Who the commit says wrote it; else the person. */
  readonly email?: string
}

async function commitFile(
  cwd: string,
  { who, branch, change }: { readonly who: Person; readonly branch: string; readonly change: Pushed },
): Promise<string> {
  const { file = `${branch.replaceAll('/', '-')}.txt`, message = branch, trailer, email = emailOf(who) } = change
  const text = trailer === undefined ? message : `${message}\n\n${trailer}`
  const known = await git(['rev-parse', '--verify', '-q', `refs/remotes/origin/${branch}`], { cwd }).catch(() => null)
  await git(['checkout', '-q', '-B', branch, known === null ? 'origin/main' : `origin/${branch}`], { cwd })
  if (change.body === null) {
    await git(['rm', '-q', file], { cwd })
  } else {
    await mkdir(dirname(join(cwd, file)), { recursive: true })
    await writeFile(join(cwd, file), change.body ?? `${message} ${process.hrtime.bigint()}\n`)
    if (change.executable) await chmod(join(cwd, file), 0o755)
    await git(['add', file], { cwd })
  }
  await git(['-c', `user.email=${email}`, 'commit', '-q', '-m', text], { cwd })
  await git(['push', '-q', 'origin', `HEAD:refs/heads/${branch}`], { cwd })
  return (await git(['rev-parse', 'HEAD'], { cwd })).stdout.trim()
}

function emailOf(who: Person): string {
  return `${who}@users.noreply.github.com`
}

async function cloneFor(place: Place, who: Person): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `waybill-${who}-`))
  const url = `${place.github.replace('://', `://${who}:${place.tokens[who]}@`)}/${place.repository}.git`
  const person = ['-c', `user.name=${who}`, '-c', `user.email=${emailOf(who)}`]
  await git(['clone', '-q', ...person, '-c', 'maintenance.auto=false', url, directory])
  return directory
}
