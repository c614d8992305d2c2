import { fields } from './narrow.ts'

/** The events that GitHub sends every App, or that `app.yml` asks for, by the actions after which more is there than before. */
const actions: { readonly [event: string]: readonly string[] } = {
  installation: ['created', 'unsuspend', 'new_permissions_accepted'],
  installation_repositories: ['added'],
  repository: ['renamed', 'transferred', 'unarchived'],
}

/**
 * Whether a delivery says that something came (back) to us: an installation, permissions, a repository, or its default
 * branch. Then everything is to be looked at.
 */
export function returns(name: string, payload: unknown): boolean {
  const given = fields(payload)
  const action = given?.['action']
  if (given === null || typeof action !== 'string') return false
  if (Object.hasOwn(actions, name)) {
    if (actions[name]?.includes(action)) return true
    return name === 'repository' && action === 'edited' && fields(fields(given['changes'])?.['default_branch']) !== null
  }
  return false
}
