import { type Clue, type Delivered, isOurs, isQueueBranch, line, look } from './clue.ts'
import { nameOf } from './narrow.ts'

/** A branch or a tag was pushed. */
export function pushed(at: Delivered): Clue | null {
  const ref = nameOf(at.given['ref'])
  if (ref === null) return null
  if (ref.startsWith('refs/tags/')) return isOurs(at, at.given['sender']) ? null : look(line(at), 'soon')
  if (!ref.startsWith('refs/heads/') || at.given['deleted'] === true) return null
  const branch = nameOf(ref.slice('refs/heads/'.length))
  if (branch === null || isQueueBranch(branch)) return null
  if (branch === at.defaultBranch) return look(line(at), 'soon')
  return { kind: 'branch', ref: { kind: 'branch', repository: at.repository, branch }, when: 'now' }
}

/** A branch or a tag was made without a push of commits. */
export function created(at: Delivered): Clue | null {
  const name = nameOf(at.given['ref'])
  const type = at.given['ref_type']
  if (type === 'tag') return isOurs(at, at.given['sender']) ? null : look(line(at), 'soon')
  if (type !== 'branch' || name === null || isQueueBranch(name)) return null
  if (name === at.defaultBranch) return look(line(at), 'soon')
  return look({ kind: 'branch', repository: at.repository, branch: name }, 'soon')
}

/** A branch that is gone is gone from Jira too. */
export function deleted(at: Delivered): Clue | null {
  const name = nameOf(at.given['ref'])
  const type = at.given['ref_type']
  if (type === 'tag') return isOurs(at, at.given['sender']) ? null : look(line(at), 'soon')
  if (type !== 'branch' || name === null || isQueueBranch(name) || name === at.defaultBranch) return null
  return look({ kind: 'branch', repository: at.repository, branch: name }, 'soon')
}
