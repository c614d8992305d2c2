/** The members of `count` teams: variables `org0`, `team0`, …; answers under `team0`, …  */
export function teamsQuery(count: number): string {
  const { variables, fields } = teamParts(count)
  return `
query WaybillTeams(${variables}) {
  ${fields}
}`
}

/** The same as a part of another query. */
export function teamParts(count: number): { readonly variables: string; readonly fields: string } {
  const numbers = Array.from({ length: count }, (_, at) => at)
  return {
    variables: numbers.map((at) => `$org${at}: String!, $slug${at}: String!`).join(', '),
    fields: numbers
      .map(
        (at) => `team${at}: organization(login: $org${at}) {
    team(slug: $slug${at}) { members(first: 100) { nodes { databaseId login } pageInfo { hasNextPage endCursor } } }
  }`,
      )
      .join('\n  '),
  }
}
