/** Builds that Jira was told are not finished, by their branch: whoever looks at the branch tells how they ended. */
export const unfinishedBuilds = `
create index reports_unfinished_builds on reports (repository_id, (body #>> '{build,branch}')) where
  body ->> 'kind' = 'build' and body #>> '{build,state}' in ('pending', 'in_progress');
`
