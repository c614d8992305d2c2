import type { Client } from 'jira.js/core'
import type { Graded } from '../model/grade.ts'
import type { GoneEntity } from '../model/report.ts'
import { environmentId, pipelineId } from './entities.ts'
import { devinfoId } from './fit.ts'
import { deleteDeploymentByKey, deleteEntity } from './library.ts'
import type { Send } from './send.ts'
import { JiraTrouble } from './trouble.ts'

/** Takes back what was told. One call each: Jira deletes by identity only. What it does not know is gone all the same. */
export const sendGone: Send = async (client, reports) => {
  const graded: Graded[] = []
  for (const { key, body, sequence } of reports) {
    if (body.kind !== 'gone') continue
    await forget(client, { repository: body.repository.id, of: body.of, sequence }).catch((error: unknown) => {
      if (!isAbsence(error)) throw error
    })
    graded.push({ key, grade: { kind: 'reported' } })
  }
  return graded
}

type Forgotten = { readonly repository: number; readonly of: GoneEntity; readonly sequence: number }

/** jira.js puts parameters into the path as they are. */
async function forget(client: Client, { repository, of, sequence }: Forgotten): Promise<unknown> {
  const repositoryId = String(repository)
  switch (of.kind) {
    case 'branch':
      return deleteEntity(client, {
        repositoryId,
        entityType: 'branch',
        entityId: encodeURIComponent(devinfoId(of.name)),
        updateSequenceId: sequence,
      })
    case 'pull':
      return deleteEntity(client, {
        repositoryId,
        entityType: 'pull_request',
        entityId: String(of.number),
        updateSequenceId: sequence,
      })
    case 'deployment':
      return deleteDeploymentByKey(client, {
        pipelineId: encodeURIComponent(pipelineId(repository)),
        environmentId: encodeURIComponent(environmentId(repository, of.environment)),
        deploymentSequenceNumber: of.number,
      })
  }
}

function isAbsence(error: unknown): boolean {
  return (
    error instanceof JiraTrouble &&
    error.trouble.kind === 'answered' &&
    error.trouble.status === 404 &&
    error.trouble.json
  )
}
