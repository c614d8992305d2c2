import { type GraphQLSchema, getOperationAST, parse, validate } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { githubSchema } from '../../sandbox/github/graphql/schema.ts'
import { auditedLineQuery, blobQuery, tagMessagesQuery } from '../../src/github/audited-query.ts'
import { accountsQuery } from '../../src/github/bound-accounts.ts'
import { branchesQuery, branchQuery, onBranchQuery } from '../../src/github/branch-query.ts'
import { checksQuery } from '../../src/github/checks-query.ts'
import { commitQuery } from '../../src/github/commit-query.ts'
import { accountQuery } from '../../src/github/find-accounts.ts'
import { lineQuery } from '../../src/github/line-query.ts'
import { commandsQuery } from '../../src/github/list-commands.ts'
import { configuredQuery } from '../../src/github/list-configured.ts'
import { openPullsQuery } from '../../src/github/list-open-pulls.ts'
import { headQuery, mergeableQuery, pullPageQuery, pullQuery } from '../../src/github/pull-query.ts'
import { queueQuery } from '../../src/github/queue-query.ts'
import { adoptionQuery } from '../../src/github/read-adoption.ts'
import { belowQuery } from '../../src/github/read-below.ts'
import { configurationFilesQuery } from '../../src/github/read-configuration-files.ts'
import { fileQuery, filesQuery } from '../../src/github/read-good-file.ts'
import { modesQuery } from '../../src/github/read-modes.ts'
import { sameHeadQuery } from '../../src/github/read-same-head.ts'
import { sealedQuery } from '../../src/github/read-sealed.ts'
import { approversQuery } from '../../src/github/read-unknown-names.ts'
import { refsQuery } from '../../src/github/refs-query.ts'
import { teamsQuery } from '../../src/github/teams-query.ts'

const nothing = {
  head: false,
  history: false,
  tags: false,
  releases: false,
  comments: false,
  environments: 0,
  pulls: 0,
  teams: 0,
  writers: 0,
}
const queries: readonly (readonly [string, string])[] = [
  ['WaybillCommands', commandsQuery],
  ['WaybillPull', pullQuery],
  ['WaybillPullPage', pullPageQuery],
  ['WaybillHead', headQuery],
  ['WaybillSameHead', sameHeadQuery],
  ['WaybillMergeable', mergeableQuery],
  ['WaybillBranch', branchQuery],
  ['WaybillBranches', branchesQuery],
  ['WaybillOnBranch', onBranchQuery],
  ['WaybillChecks', checksQuery],
  ['WaybillCommit', commitQuery],
  ['WaybillRefs', refsQuery],
  ['WaybillConfigured', configuredQuery],
  ['WaybillQueue', queueQuery],
  ['WaybillAdoption', adoptionQuery],
  ['WaybillTeams', teamsQuery(3)],
  ['WaybillAccount', accountQuery],
  ['WaybillAuditedLine', auditedLineQuery],
  ['WaybillTagMessages', tagMessagesQuery],
  ['WaybillBlob', blobQuery],
  ['WaybillApprovers', approversQuery(['octocat', '@acme/reviewers'])],
  ['WaybillAccounts', accountsQuery(2)],
  ['WaybillSealed', sealedQuery(2)],
  ['WaybillBelow', belowQuery(2)],
  ['WaybillModes', modesQuery(2)],
  ['WaybillFiles', filesQuery],
  ['WaybillConfigurationFiles', configurationFilesQuery],
  ['WaybillOpenPulls', openPullsQuery],
  ['WaybillConfigurationAt', fileQuery],
  [
    'WaybillLine',
    lineQuery({
      head: true,
      history: true,
      tags: true,
      releases: true,
      comments: true,
      environments: 3,
      pulls: 2,
      teams: 2,
      writers: 2,
    }),
  ],
  ['WaybillLine', lineQuery({ ...nothing, head: true })],
  ['WaybillLine', lineQuery({ ...nothing, history: true })],
  ['WaybillLine', lineQuery({ ...nothing, tags: true })],
  ['WaybillLine', lineQuery({ ...nothing, releases: true })],
  ['WaybillLine', lineQuery({ ...nothing, environments: 1 })],
  ['WaybillLine', lineQuery({ ...nothing, pulls: 1 })],
  ['WaybillLine', lineQuery({ ...nothing, teams: 1 })],
]

describe("Waybill's queries", () => {
  let schema: GraphQLSchema
  beforeAll(() => {
    schema = githubSchema()
  })

  it.each(queries)("%s is valid against GitHub's own schema", (name, text) => {
    const document = parse(text)
    expect(validate(schema, document).map((error) => error.message)).toEqual([])
    expect(getOperationAST(document, name)?.operation).toBe('query')
  })
})
