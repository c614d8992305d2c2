/**
 * What was decided about a line that GitHub can't tell: by a person's command, or by Waybill. Decisions are only added;
 * what holds now follows from all of them, in their order.
 */
export type Decision = {
  /** Names the decision within its repository: it is written once, however often a pass comes to it. */
  readonly key: string
  /** The wish it carries out; null where nobody asked. */
  readonly wish: number | null
  readonly by: { readonly id: number; readonly login: string } | null
  /** ms, UTC */
  readonly at: number
  readonly what: Decided
}

export type Decided =
  /** From here on the database knows this line: what came before was done with another memory, or with none. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'hold'; readonly environment: string; readonly why: HoldCause; readonly reason: string }
  /** Lifts the holds of one cause, or all of them (`null`). */
  | { readonly kind: 'unhold'; readonly environment: string; readonly why: HoldCause | null }
  | VersionDecided

/**
 * Of one version, by its commit. `reject`: it goes neither there nor to any later environment again. `accept`: what was
 * not judged, or whose author nobody knows, may go there. `sign-off`: one promoter agrees.
 */
export type VersionDecided = {
  readonly kind: 'reject' | 'accept' | 'sign-off'
  readonly environment: string
  readonly version: string
  readonly sha: string
  readonly reason: string
}

/**
 * - asked: a person's `hold`; everything but a rollback waits until `unhold`.
 * - rolled-back: automatic deployment waits, until a newer version is promoted by hand.
 * - memory-lost: the database was found empty beside deployments of Waybill's; as `asked`.
 */
export type HoldCause = 'asked' | 'rolled-back' | 'memory-lost'

export type Hold = {
  readonly why: HoldCause
  readonly reason: string
  readonly by: Decision['by']
  /** ms, UTC */
  readonly at: number
}

/** The holds on an environment, newest of each cause. `decisions` oldest first. */
export function holdsOn(decisions: readonly Decision[], environment: string): readonly Hold[] {
  const holds = new Map<HoldCause, Hold>()
  for (const { what, by, at } of decisions) {
    if ((what.kind !== 'hold' && what.kind !== 'unhold') || what.environment !== environment) continue
    if (what.kind === 'hold') holds.set(what.why, { why: what.why, reason: what.reason, by, at })
    else if (what.why === null) holds.clear()
    else holds.delete(what.why)
  }
  return [...holds.values()]
}

/** The decision by which a wish was carried out. */
export function decidedFor(decisions: readonly Decision[], wish: number): Decision | null {
  return decisions.find((decision) => decision.wish === wish) ?? null
}

export type VersionDecision = Omit<Decision, 'what'> & { readonly what: VersionDecided }

/** What was decided of one commit's version, in any environment. */
export function decidedOf(
  decisions: readonly Decision[],
  kind: VersionDecided['kind'],
  sha: string,
): readonly VersionDecision[] {
  return decisions.filter((one): one is VersionDecision => one.what.kind === kind && one.what.sha === sha)
}
