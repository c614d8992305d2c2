import { finishRun, startRun } from './acts/run-workflow.ts'
import type { RunEnd, RunOrder } from './control.ts'
import { resolveCommit } from './git/refs.ts'
import { invalid, notFound } from './refusal.ts'
import type { Repository } from './state/repository.ts'
import type { State } from './state.ts'

/** Starts and ends jobs of GitHub Actions, as they are ordered: the sandbox runs no workflows itself. */
export function runOrders(state: State) {
  return {
    startRun: async ({ repository: name, by, environment, ref }: RunOrder): Promise<{ readonly id: number }> => {
      const repository = find(state, name)
      const actor = state.users.find((user) => user.login === by)
      const sha = await resolveCommit(repository.path, ref)
      if (actor === undefined || sha === undefined) throw invalid([`there is no ${actor === undefined ? by : ref}`])
      const { id } = startRun(state, repository, { ref, sha, environment, event: 'workflow_dispatch', actor })
      return { id }
    },
    finishRun: ({ repository: name, run: id, conclusion }: RunEnd): void => {
      const repository = find(state, name)
      const run = repository.runs.find((one) => one.id === id)
      if (run === undefined) throw notFound()
      finishRun(state, repository, { run, conclusion })
    },
  }
}

function find(state: State, name: string): Repository {
  const repository = state.repositories.find((one) => `${one.owner.login}/${one.name}` === name)
  if (repository === undefined) throw notFound()
  return repository
}
