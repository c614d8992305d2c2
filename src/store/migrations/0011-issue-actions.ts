/** What Jira's issues are to get beside the panels, one row for each thing, and which reports a line may have to correct. */
export const issueActions = `
create table issue_actions (
  key text collate "C" primary key, id bigint generated always as identity,
  repository_id bigint not null, issue_key text collate "C" not null,
  action jsonb not null, fingerprint text not null,
  state text not null default 'open' check (state in ('open', 'begun', 'settled')),
  grade text check (grade in ('reported', 'partly', 'not-reported', 'kept')), cause text not null default '',
  next_at bigint not null default 0, written text, done boolean not null default false,
  changed_at timestamptz not null default now()
);
create index issue_actions_due on issue_actions (repository_id, id) where state <> 'settled';
create index issue_actions_by_issue on issue_actions (issue_key, id) where action ->> 'kind' = 'move';

create index reports_standing on reports (repository_id) where
  (body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN') or (body ->> 'kind' = 'deployment' and key like 'promotion:%');
`
