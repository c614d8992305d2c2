/**
 * Everything that belongs to a repository is keyed by its id, since names change. Times that are compared between
 * processes are the database's (`timestamptz`); times read elsewhere are ms, UTC (`bigint`).
 */
export const firstTables = `
-- The queue's own tables are made by pg-boss; its schema is made here, where replicas take turns.
create schema if not exists pgboss;

create table meta (name text primary key, at timestamptz not null default now());
insert into meta (name) values ('born');

create table secrets (name text primary key, value text not null);

create table deliveries (id text collate "C" primary key, received_at timestamptz not null default now());
create index deliveries_by_age on deliveries (received_at);

create table branch_pulls (
  repository_id bigint not null, number bigint not null, branch text not null,
  primary key (repository_id, number)
);
create index branch_pulls_by_branch on branch_pulls (repository_id, branch);

create table heads (
  repository_id bigint not null, sha text collate "C" not null, ref_key text collate "C" not null,
  ref jsonb not null, first_seen_at timestamptz not null default now(), seen_at timestamptz not null default now(),
  primary key (repository_id, sha, ref_key)
);
create index heads_by_age on heads (seen_at);

create table passes (ref_key text collate "C" primary key, token text not null, begun_at timestamptz not null);
create index passes_by_age on passes (begun_at);

create table timers (
  ref_key text collate "C" primary key, ref jsonb not null,
  due_at timestamptz not null, set_at timestamptz not null
);
create index timers_by_due on timers (due_at);

create table claims (
  repository_id bigint not null, key text collate "C" not null,
  state text not null check (state in ('unfinished', 'done')), fingerprint text not null,
  said text, written_id bigint, written_sha text, since timestamptz not null default now(),
  primary key (repository_id, key)
);

create table settled_deployments (
  repository_id bigint not null, deployment_id bigint not null,
  primary key (repository_id, deployment_id)
);

create table wishes (
  id bigint generated always as identity primary key,
  repository_id bigint not null, pull bigint not null,
  comment_id bigint not null unique, comment_node_id text not null,
  by_id bigint not null, by_login text not null, by_kind text not null check (by_kind in ('user', 'bot')),
  written_at bigint not null, heard_at timestamptz not null default now(),
  state text not null default 'asked' check (state in ('asked', 'accepted', 'done', 'denied')),
  command jsonb, seen boolean not null default false, answered boolean not null default false
);
create index wishes_open on wishes (repository_id, id) where state in ('asked', 'accepted');

create table verified_issues (
  repository_id bigint not null, pull bigint not null, key text not null, at bigint not null,
  primary key (repository_id, pull, key)
);

create table reports (
  key text collate "C" primary key, repository_id bigint not null, issue_keys jsonb not null,
  sequence bigint not null, event_sequence bigint not null, body jsonb not null, fingerprint text not null,
  sent_sequence bigint, changed_at timestamptz not null default now()
);
create index reports_unsent on reports (repository_id, changed_at)
  where sent_sequence is null or sent_sequence < sequence;

create table snapshots (
  ref_key text collate "C" primary key, repository_id bigint not null, ref jsonb not null,
  text text not null, at timestamptz not null default now()
);

create table audit (
  id bigint generated always as identity primary key,
  repository_id bigint not null, key text collate "C" not null, at timestamptz not null default now(),
  action text not null, actor_id bigint, actor_login text, subject text not null,
  version text, sha text, environment text, reason text not null, evidence jsonb not null,
  unique (repository_id, key)
);
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log can only be appended to';
end $$;
create trigger audit_is_append_only before update or delete on audit
  for each row execute function refuse_audit_change();
create trigger audit_is_never_emptied before truncate on audit
  for each statement execute function refuse_audit_change();
`
