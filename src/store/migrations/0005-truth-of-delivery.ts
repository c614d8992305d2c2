/**
 * What became of each report, and what Jira's issues are to get. `next_at` and `until` are ms, UTC, as the process that
 * sends reads its clock.
 */
export const truthOfDelivery = `
alter table reports
  add column grade text check (grade in ('reported', 'partly', 'not-reported', 'kept')),
  add column cause text not null default '',
  add column next_at bigint not null default 0,
  add column sending text not null default 'normal' check (sending in ('normal', 'backfill', 'muted'));
drop index reports_unsent;
create index reports_unsent on reports (repository_id, changed_at)
  where sending <> 'muted' and (sent_sequence is null or sent_sequence < sequence);
create index reports_open_pulls on reports using gin (issue_keys)
  where body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN';

create table outages (
  name text primary key, until bigint not null, tries int not null, cause text not null, since bigint not null
);
`
