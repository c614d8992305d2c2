import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { isJsonObject, jsonObjectAt } from '../json-schema.ts'
import type { Access, AppPermissions } from './state/accounts.ts'

export type AppManifest = { readonly permissions: AppPermissions; readonly events: readonly string[] }

/**
 * The permissions and events that an App's manifest asks for. Throws when an access is neither `read` nor `write`. See
 * https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function readManifest(file: URL): AppManifest {
  const manifest: unknown = parse(readFileSync(file, 'utf8'))
  const permissions = Object.entries(jsonObjectAt(manifest, 'default_permissions')).map(
    ([resource, access]): readonly [string, Access] => {
      if (access !== 'read' && access !== 'write')
        throw new Error(`${file.pathname}: ${resource} is neither read nor write`)
      return [resource, access]
    },
  )
  const events = isJsonObject(manifest) ? manifest['default_events'] : undefined
  return { permissions: Object.fromEntries(permissions), events: Array.isArray(events) ? events.map(String) : [] }
}
