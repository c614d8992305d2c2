import { actorFragment, checksFragment } from './fragments.ts'

/** A further page of what reported on one commit, of runs and statuses, of suites, or of both. */
export const checksQuery = `
query WaybillChecks($owner: String!, $name: String!, $oid: GitObjectID!, $contexts: String, $suites: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) {
      __typename
      ... on Commit {
        statusCheckRollup { contexts(first: 100, after: $contexts) { ...WaybillContexts } }
        checkSuites(first: 100, after: $suites) { ...WaybillSuites }
      }
    }
  }
}
${checksFragment.replace(/fragment WaybillChecks on Commit \{[\s\S]*?\n\}\n/, '')}
${actorFragment}`
