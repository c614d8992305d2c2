import type { Deployment } from './deployment.ts'

/** By a list of deployments, those of each environment in the same order: sorted once, however many ask. */
const sorted = new WeakMap<readonly Deployment[], ReadonlyMap<string, readonly Deployment[]>>()

/** The deployments to one environment, in the order of `deployments`. */
export function deploymentsIn(deployments: readonly Deployment[], environment: string): readonly Deployment[] {
  const known = sorted.get(deployments) ?? byEnvironment(deployments)
  sorted.set(deployments, known)
  return known.get(environment) ?? []
}

function byEnvironment(deployments: readonly Deployment[]): ReadonlyMap<string, readonly Deployment[]> {
  const found = new Map<string, Deployment[]>()
  for (const one of deployments) {
    const there = found.get(one.environment)
    if (there === undefined) found.set(one.environment, [one])
    else there.push(one)
  }
  return found
}
