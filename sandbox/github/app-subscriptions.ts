import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { isJsonObject } from '../json-schema.ts'

/** The events that an App manifest (`app.yml`) subscribes to; undefined while there is no such file. Read once it is there. */
export function createAppSubscriptions(manifest: URL): () => readonly string[] | undefined {
  let events: readonly string[] | undefined
  return () => {
    events ??= existsSync(manifest) ? readEvents(readFileSync(manifest, 'utf8')) : undefined
    return events
  }
}

function readEvents(text: string): readonly string[] {
  const manifest: unknown = parse(text)
  const events = isJsonObject(manifest) ? manifest['default_events'] : undefined
  return Array.isArray(events) ? events.map(String) : []
}
