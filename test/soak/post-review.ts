import { createHmac } from 'node:crypto'

export type Target = {
  readonly installationId: number
  readonly repository: { readonly id: number; readonly name: string }
  readonly number: number
}

/** Delivers that a review of a pull request was edited, signed; answers the status. Rejects after 5 s. */
export async function postReview(
  url: string,
  { id, secret, target }: { readonly id: string; readonly secret: string; readonly target: Target },
): Promise<number> {
  const { installationId, repository, number } = target
  const body = JSON.stringify({
    action: 'edited',
    review: { id: 1 },
    pull_request: { number },
    installation: { id: installationId },
    repository: { ...repository, owner: { login: 'acme' }, default_branch: 'main' },
    sender: { login: 'reviewer', type: 'User' },
  })
  const response = await fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(5000),
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request_review',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
  await response.body?.cancel()
  return response.status
}
