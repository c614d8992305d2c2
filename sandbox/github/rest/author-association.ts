import type { User } from '../state/accounts.ts'
import type { Repository } from '../state/repository.ts'

/** How GitHub says a user stands to a repository. */
export type AuthorAssociation = 'MEMBER' | 'COLLABORATOR' | 'NONE'

/** `MEMBER` for the organisation's people, `COLLABORATOR` for others with rights, else `NONE`; bots are `NONE`. */
export function associationOf(repository: Repository, user: User): AuthorAssociation {
  if (repository.owner.members.includes(user)) return 'MEMBER'
  return repository.permissions.has(user.id) ? 'COLLABORATOR' : 'NONE'
}
