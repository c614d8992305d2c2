import type { Label, Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { repositoryUrl } from './serialize-repository.ts'

/** `label`. */
export function serializeLabel(state: State, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repositoryUrl(state, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description ?? '',
    color: label.color,
    default: false,
  }
}
