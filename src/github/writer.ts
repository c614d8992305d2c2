import type { Lookup } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import type { Written } from '../reconcile/world/code.ts'
import type { Marker } from './marker.ts'
import type { Octokit } from './octokit.ts'

/** Where an effect is written, and with what. */
export type Writer = {
  readonly octokit: Octokit
  readonly repository: Repository
  readonly app: { readonly id: number; readonly slug: string }
  readonly marker: Marker
  /** Living comments that a look came across, by repository and subject. */
  readonly comments: Map<string, number>
  /** Repositories whose last release came out immutable, by id. */
  readonly immutable: Set<number>
  /** A no-op outside tests. */
  readonly crashpoint: (name: string) => void
}

/** One kind of effect at GitHub. `known` is the id that an earlier write of the same key left. */
export type Applies<E> = {
  write(writer: Writer, effect: E, known: number | null): Promise<Written>
  look(writer: Writer, effect: E, known: number | null): Promise<Lookup<Written>>
}
