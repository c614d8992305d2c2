import { GraphQLError } from 'graphql'

/** The kinds that stand as `type` on GitHub's GraphQL errors, and one of the sandbox's own. */
export type GithubErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNPROCESSABLE'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION'
  | 'MAX_NODE_LIMIT_EXCEEDED'
  | 'NOT_IMPLEMENTED'

/** An error as GitHub gives it: its field is null, and `errors` says why. */
export function githubError(type: GithubErrorType, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}
