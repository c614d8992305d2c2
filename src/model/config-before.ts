import type { Config } from './config-schema.ts'

/**
 * What was in force on a line when it was last looked at, and a mark: of a line's file, what was wrong with it (empty
 * where nothing was); of an organisation's defaults, which are in force nowhere by themselves, the file's name in Git.
 */
export type ConfigBefore =
  | { readonly kind: 'line'; readonly config: Config; readonly mark: string }
  | { readonly kind: 'organisation'; readonly mark: string }
