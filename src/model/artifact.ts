import { type Deployment, hasSucceeded } from './deployment.ts'

/**
 * The digest (`sha256:` and 64 hex digits) of what was built of a commit, as the newest successful deployment of it says
 * in the description of its success; null where none does. Whoever builds once names it there, and later deployments of
 * the same commit carry it in their payload.
 */
export function artifactOf(deployments: readonly Deployment[], sha: string): string | null {
  for (const deployment of deployments.filter((one) => one.sha === sha && hasSucceeded(one))) {
    const success = deployment.statuses.find((status) => status.state === 'success')
    const [digest] = /\bsha256:[0-9a-f]{64}\b/.exec(success?.description ?? '') ?? []
    if (digest !== undefined) return digest
  }
  return null
}
