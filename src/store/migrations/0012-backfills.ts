/** How far the past of a repository has been told to Jira. `since` is ms, UTC. */
export const backfills = `
create table backfills (
  repository_id bigint not null, since bigint not null,
  step text not null check (step in ('line', 'open', 'pulls', 'done')), after text,
  primary key (repository_id, since)
);
`
