import type { App, Installation } from '../state/accounts.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { serializeOwner } from './serialize-user.ts'

/** `integration`. */
export function serializeApp(state: State, app: App) {
  const page = `${state.url}/apps/${app.slug}`
  return {
    id: app.id,
    slug: app.slug,
    node_id: app.nodeId,
    client_id: app.clientId,
    owner: serializeOwner(state, app.owner),
    name: app.name,
    description: '',
    external_url: page,
    html_url: page,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  }
}

/** The App, or null where something was not done through one. */
export function serializeAppOrNull(state: State, app: App | undefined) {
  return app === undefined ? null : serializeApp(state, app)
}

/** `installation`. */
export function serializeInstallation(state: State, installation: Installation) {
  const { id, app, account, suspendedAt } = installation
  return {
    id,
    node_id: installation.nodeId,
    client_id: app.clientId,
    account: serializeAccount(state, installation),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${state.url}/app/installations/${id}/access_tokens`,
    repositories_url: `${state.url}/installation/repositories`,
    html_url: `${state.url}/organizations/${account.login}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: 'Organization',
    permissions: installation.permissions,
    events: app.events,
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: iso(suspendedAt),
  }
}

/**
 * The document demands of an account what a user and what an enterprise have, both at once (`allOf`); an organisation has
 * only the first, so the sandbox gives both.
 */
function serializeAccount(state: State, { account, createdAt }: Installation) {
  const at = iso(createdAt)
  return { ...serializeOwner(state, account), name: account.login, slug: account.login, created_at: at, updated_at: at }
}
