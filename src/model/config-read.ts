import type { Config } from './config-schema.ts'

/** One thing wrong in the configuration file; `line` counts from 1. The message says what and how to mend it. */
export type ConfigProblem = { readonly line: number; readonly path: string; readonly message: string }

/** What reading the configuration of a line can give. Only `valid` lets anything pass. */
export type ConfigRead =
  | {
      readonly kind: 'valid'
      /** What is in force. */
      readonly config: Config
      readonly path: string
      readonly sha: string
      /**
       * What is wrong with the file as it stands and is therefore not in force: then `config` is the newest one that
       * could be read, or has the organisation's values in the place of refused ones. Empty where all is well.
       */
      readonly problems: readonly ConfigProblem[]
    }
  | { readonly kind: 'absent' }
  | Unusable
  | Reported

/** Nothing can be judged by it. */
type Unusable =
  | { readonly kind: 'broken'; readonly path: string; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'unknown'; readonly cause: string }
/** The same where the operator set report mode: it is shown, and holds nobody. */
type Reported = Unusable & { readonly enforced: false }

/** False in report mode, whether the file or the operator says so. */
export function isEnforced(config: ConfigRead): boolean {
  return config.kind === 'valid' ? config.config.mode === 'enforce' : !('enforced' in config)
}

/** The branches the configuration gates; the first one is the line that is released. */
export function gatedBranches(config: Config, defaultBranch: string): readonly [string, ...string[]] {
  const [first, ...rest] = config.merge.into ?? []
  return first === undefined ? [defaultBranch] : [first, ...rest]
}
