import type { Call } from './call.ts'
import { itemsAt, numberAt } from './json.ts'

export function programs(call: Call) {
  return {
    /** CI reports one check on a commit: queued and in_progress make it, a conclusion ends the newest one of that name. */
    async report(
      sha: string,
      state: 'in_progress' | 'success' | 'failure' | 'cancelled',
      name = 'build',
    ): Promise<number> {
      const listed = await call('ci', `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}`)
      const open = itemsAt(listed, 'check_runs').find((one) => one['status'] !== 'completed')
      const body = state === 'in_progress' ? { status: state } : { status: 'completed', conclusion: state }
      if (open !== undefined)
        return numberAt(await call('ci', `PATCH :repo/check-runs/${numberAt(open, 'id')}`, body), 'id')
      return numberAt(await call('ci', 'POST :repo/check-runs', { name, head_sha: sha, ...body }), 'id')
    },
    /** CI starts a check; answers its id. */
    async begin(sha: string, name: string): Promise<number> {
      const body = { name, head_sha: sha, status: 'in_progress' }
      return numberAt(await call('ci', 'POST :repo/check-runs', body), 'id')
    },
    async finish(run: number, conclusion: 'success' | 'failure'): Promise<void> {
      await call('ci', `PATCH :repo/check-runs/${run}`, { status: 'completed', conclusion })
    },
    /** The deployer reports the state of a deployment, and where to look at it. */
    async carry(
      deployment: number,
      state: 'queued' | 'in_progress' | 'success' | 'failure' | 'error',
      place?: string,
    ): Promise<void> {
      const description = `the deployer says ${state.replace('_', ' ')}`
      const where = place === undefined ? {} : { environment_url: place }
      await call('deployer', `POST :repo/deployments/${deployment}/statuses`, { state, description, ...where })
    },
  }
}
