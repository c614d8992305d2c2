import type { RefusedAct, Station } from './issue-action.ts'

type Pull = { readonly repositoryId: number; readonly number: number; readonly branch: string }

/** What issues did not get for a pull request: its link, and their status when it was opened or its branch pushed. */
export function refusedOfPull(
  acts: readonly RefusedAct[],
  { repositoryId, number, branch }: Pull,
): readonly RefusedAct[] {
  return acts.filter(({ key, issueKey }) => {
    const move = `move:${repositoryId}:${issueKey}:`
    return [
      `link:${repositoryId}:${number}:${issueKey}`,
      `${move}pull-request:${number}`,
      `${move}branch:${branch}`,
    ].includes(key)
  })
}

/** The pull request in whose gate it is said, or null: a line's. */
export function pullAskedFor(key: string): number | null {
  const [kind, , first, second, third] = key.split(':')
  if (kind === 'link') return Number(first)
  return kind === 'move' && second === 'pull-request' ? Number(third) : null
}

const ofDeployments: readonly unknown[] = ['staging', 'production', 'rolled-back'] satisfies readonly Station[]

type Merged = {
  readonly pulls: readonly number[]
  /** The version made on it, and its deployments. */
  readonly tag: string | null
  readonly deployments: readonly number[]
}

/** What issues did not get for a change on the line, its version and its deployments. */
export function refusedOfMerge(
  acts: readonly RefusedAct[],
  { pulls, tag, deployments }: Merged,
): readonly RefusedAct[] {
  return acts.filter(({ key }) => {
    const [kind, , first, second, third] = key.split(':')
    switch (kind) {
      case 'move':
        if (second === 'merged') return pulls.some((one) => String(one) === third)
        return ofDeployments.includes(second) && deployments.some((one) => String(one) === third)
      case 'comment':
        return pulls.some((one) => String(one) === first)
      case 'news':
        return pulls.some((one) => String(one) === second)
      case 'add-version':
      case 'release-version':
        return first === tag
      default:
        return false
    }
  })
}
