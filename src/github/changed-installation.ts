import { fields, idOf } from './narrow.ts'

/** The events that GitHub sends every App, or that `app.yml` asks for, by the actions after which there is more, or less, than before. */
const actions: { readonly [event: string]: readonly string[] } = {
  installation: ['created', 'unsuspend', 'new_permissions_accepted', 'suspend', 'deleted'],
  installation_repositories: ['added', 'removed'],
  repository: ['renamed', 'transferred', 'unarchived', 'archived', 'deleted'],
}

export function isInstallationEvent(name: string): boolean {
  return Object.hasOwn(actions, name)
}

/** All that a `repository` event ever holds: the body of another event under its name holds more. */
const ofRepository: ReadonlySet<string> = new Set([
  'action',
  'changes',
  'enterprise',
  'installation',
  'organization',
  'repository',
  'sender',
])

/**
 * The installation to be looked at: permissions or repositories came to it or went from it, or it is itself gone,
 * or a repository has another name or default branch. Null for every other delivery.
 */
export function changedInstallation(name: string, payload: unknown): number | null {
  const given = fields(payload)
  const action = given?.['action']
  if (given === null || typeof action !== 'string' || !isInstallationEvent(name)) return null
  const movesLine = name === 'repository' && action === 'edited' && fields(fields(given['changes'])?.['default_branch'])
  if (actions[name]?.includes(action) !== true && !movesLine) return null
  const installation = fields(given['installation'])
  const fits =
    name === 'repository'
      ? Object.keys(given).every((key) => ofRepository.has(key))
      : // Whatever else comes from an installation names it, and says nothing of its account.
        fields(installation?.['account']) !== null
  return fits ? idOf(installation?.['id']) : null
}
