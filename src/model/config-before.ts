import type { Config } from './config-schema.ts'

/**
 * What was in force on a line when it was last looked at. `file` names the blob; of an organisation's defaults, which
 * are in force nowhere by themselves, only that is known.
 */
export type ConfigBefore =
  | { readonly kind: 'line'; readonly config: Config; readonly file: string }
  | { readonly kind: 'organisation'; readonly file: string }
