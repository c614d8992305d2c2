/** The last good file of each branch, and what was in force on each line when it was last looked at. */
export const configurations = `
create table good_files (
  repository_id bigint not null, branch text collate "C" not null,
  path text not null, text text not null, sha text not null, at timestamptz not null default now(),
  primary key (repository_id, branch)
);

create table line_configurations (
  repository_id bigint not null, branch text collate "C" not null,
  file text not null, config jsonb, at timestamptz not null default now(),
  primary key (repository_id, branch)
);
`
