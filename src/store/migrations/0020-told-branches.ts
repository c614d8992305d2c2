/** The branches that Jira was told are there: a sweep asks for them each time. */
export const toldBranches = `
create index reports_branches on reports (repository_id) where body ->> 'kind' = 'branch';
`
