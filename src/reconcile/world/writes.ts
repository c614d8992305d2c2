import type { Tag, Told } from '../../model/line.ts'
import type { Ref, Repository } from '../../model/ref.ts'
import type { Kept, Listed } from '../../model/seen.ts'
import type { Written } from './code.ts'

/** The right to write on behalf of one pass. Lost when another pass took the subject over. */
export type Pass = { readonly ref: string; readonly token: string }

export type Claim =
  /** Nobody tried before: go ahead. */
  | { readonly kind: 'fresh' }
  /** A pass claimed it and never confirmed: look before writing again. `since` ms, UTC. */
  | { readonly kind: 'unfinished'; readonly since: number }
  | { readonly kind: 'done'; readonly written: Written; readonly since: number }

/** Commits of a line, and the tags that stand on them now. */
export type TagsOn = { readonly shas: readonly string[]; readonly standing: readonly Tag[] }

/** Whose turn it is, and what was begun, done and said at GitHub. What a method did is committed when it answers. */
export type Writes = {
  beginPass(ref: Ref): Promise<Pass>
  /** False: a later pass for the same subject has begun; nothing irreversible may be written any more. */
  holds(pass: Pass): Promise<boolean>
  /** What this pass, now at its end, had seen of its subject. A later pass for it takes that back when it begins. */
  keepSeen(pass: Pass, kept: Kept): Promise<void>
  /** Those that have to be looked at: something came since what was kept, or it was kept too long ago. */
  newsAmong(listed: readonly Listed[]): Promise<readonly Ref[]>
  /** Takes the claim on `key` for this fingerprint, or says how it stands. A done claim of another fingerprint is fresh again, with its old id kept. */
  claim(
    repository: Repository,
    key: string,
    fingerprint: string,
  ): Promise<{ readonly claim: Claim; readonly known: number | null }>
  /** What is there now, and the fingerprint of what it says. */
  confirm(
    repository: Repository,
    key: string,
    done: { readonly written: Written; readonly fingerprint: string },
  ): Promise<void>
  /** Takes a claim again right before its write is tried again: it counts as begun now, for these words. */
  renew(repository: Repository, key: string, fingerprint: string): Promise<void>
  /** Gives an unfinished claim back after GitHub certainly did nothing. */
  release(repository: Repository, key: string): Promise<void>
  /** The fingerprints of what was said last (comments: confirmed claims; reports), by effect key. */
  told(repository: Repository, prefixes: readonly string[]): Promise<Told>
  /** The fingerprints of what was said last under exactly these effect keys. */
  toldOf(repository: Repository, keys: readonly string[]): Promise<Told>
  /** The tags that were made on these commits. One that stands where it was claimed was, whatever a crash kept from being confirmed. */
  tagsMadeOn(repository: Repository, on: TagsOn): Promise<readonly Tag[]>
  /** Which of these deployments were told to their end. */
  settledAmong(repository: Repository, deployments: readonly number[]): Promise<ReadonlySet<number>>
  settleDeployment(repository: Repository, deployment: number): Promise<void>
}
