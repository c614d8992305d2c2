/** The accounts behind the logins that a branch's configuration names; null: GitHub knew none. */
export const boundAccounts = `
create table bound_accounts (
  repository_id bigint not null, branch text collate "C" not null, login text collate "C" not null,
  account_id bigint, at timestamptz not null default now(),
  primary key (repository_id, branch, login)
);
`
