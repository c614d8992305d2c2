/** The type of an issue as the gate read it; versions that were burned; where each line stands. */
export const lineStanding = `
alter table verified_issues add column type text;

create table void_versions (
  repository_id bigint not null, tag text collate "C" not null, at timestamptz not null default now(),
  primary key (repository_id, tag)
);

create table standings (
  repository_id bigint not null, branch text collate "C" not null,
  standing jsonb not null, at timestamptz not null default now(),
  primary key (repository_id, branch)
);
`
