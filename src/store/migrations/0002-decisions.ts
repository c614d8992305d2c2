/** What people and Waybill decided about lines; only ever added to. The index finds the tags made at a commit. */
export const decisions = `
create table decisions (
  id bigint generated always as identity primary key,
  repository_id bigint not null, key text collate "C" not null,
  kind text not null, wish bigint, by_id bigint, by_login text,
  at timestamptz not null default now(), what jsonb not null,
  unique (repository_id, key)
);
create index claims_by_said on claims (repository_id, said);
`
