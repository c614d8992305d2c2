import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLSchema } from 'graphql'

let built: GraphQLSchema | undefined

/**
 * GitHub's own GraphQL schema, built at first use (about 130 ms). The SDL uses directives in a way that graphql-js would refuse, hence
 * `assumeValidSDL`; queries are validated all the same.
 */
export function githubSchema(): GraphQLSchema {
  built ??= buildSchema(readSdl(), { assumeValidSDL: true })
  return built
}

/** The package's own entry point would also parse its 5 MB JSON form. */
function readSdl(): string {
  return readFileSync(new URL('./schema.graphql', import.meta.resolve('@octokit/graphql-schema')), 'utf8')
}
