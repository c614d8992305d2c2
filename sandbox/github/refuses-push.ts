import { includes, permissionOf } from './authorise.ts'
import { zeroSha } from './git/refs.ts'
import type { Principal } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'

/**
 * Why protection refuses this move of a ref, in GitHub's words; undefined when it does not. A merge of a pull request is no push.
 * Administrators pass where protection is not enforced for them.
 */
export function refusesPush(
  repository: Repository,
  principal: Principal | undefined,
  move: { readonly name: string; readonly before: string; readonly after: string },
): string | undefined {
  const { name, after } = move
  if (name.startsWith('refs/tags/')) return refusesTag(repository, principal, move)
  const protection = repository.protection.get(name.replace('refs/heads/', ''))
  if (!name.startsWith('refs/heads/') || protection === undefined) return undefined
  if (after === zeroSha) return 'Cannot delete this branch'
  const isAdmin =
    principal?.kind === 'person' &&
    includes(permissionOf(repository, principal.user.id), 'admin') &&
    !protection.enforceAdmins
  return protection.refusesPushes && !isAdmin ? 'Changes must be made through a pull request.' : undefined
}

/** An immutable release holds its tag; a ruleset holds whom it does not let by. */
function refusesTag(
  repository: Repository,
  principal: Principal | undefined,
  { name, before, after }: { readonly name: string; readonly before: string; readonly after: string },
): string | undefined {
  const held = repository.releases.some((one) => one.immutable && `refs/tags/${one.tagName}` === name)
  if (held && before !== zeroSha) return 'Cannot change a tag that an immutable release stands on.'
  const rule = before === zeroSha ? 'creation' : after === zeroSha ? 'deletion' : 'update'
  const app = principal?.kind === 'installation' ? principal.installation.app.id : undefined
  const forbids = repository.tagRulesets.some(
    ({ enforcement, include, rules, bypassAppIds }) =>
      enforcement === 'active' &&
      rules.includes(rule) &&
      (app === undefined || !bypassAppIds.includes(app)) &&
      include.some((pattern) => pattern === '~ALL' || matches(pattern, name)),
  )
  return forbids
    ? `Repository rule violations found\n\nCannot ${verbs[rule]} due to ${rule}s being restricted.`
    : undefined
}

const verbs = {
  creation: 'create ref',
  update: 'update this protected ref',
  deletion: 'delete this protected ref',
} as const

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]*')}$`).test(name)
}
