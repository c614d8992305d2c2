import { type Defaults, parseDefaults } from '../model/config-defaults.ts'
import type { ConfigFile } from '../model/config-file.ts'
import type { ConfigRead } from '../model/config-read.ts'
import { parseConfig } from '../model/parse-config.ts'
import { keep } from './known.ts'

/** Files of either kind that are remembered. */
const most = 200

export type ParsedFiles = {
  config(file: ConfigFile, defaults: Defaults | null): ConfigRead
  defaults(file: ConfigFile, owner: string): ReturnType<typeof parseDefaults>
}

/** A configuration is read at every pass and rarely changes: the same text is parsed once. */
export function createParsedFiles(): ParsedFiles {
  const configs = new Map<string, { readonly defaults: Defaults | null; readonly read: ConfigRead }>()
  const ofOrganisations = new Map<string, ReturnType<typeof parseDefaults>>()
  return {
    config: (file, defaults) => {
      const key = keyOf(file)
      const known = configs.get(key)
      if (known !== undefined && known.defaults === defaults) return known.read
      const read = parseConfig(file, defaults)
      keep(configs, key, { defaults, read }, most)
      return read
    },
    defaults: (file, owner) => {
      const key = `${owner} ${keyOf(file)}`
      const known = ofOrganisations.get(key)
      if (known !== undefined) return known
      const read = parseDefaults(file, owner)
      keep(ofOrganisations, key, read, most)
      return read
    },
  }
}

function keyOf({ path, sha, text }: ConfigFile): string {
  return `${path} ${sha}\n${text}`
}
