/**
 * Each row of the audit log holds the hash of the one before it. `audit_head` is the newest, and whoever appends holds
 * its lock: the chain is one line however many replicas write. Rows from before the chain stay as they are.
 */
export const auditChain = `
alter table audit
  add column number bigint, add column repository text, add column policy text,
  add column previous text, add column hash text,
  add constraint audit_is_chained check
    (number is not null and repository is not null and previous is not null and hash is not null) not valid;
create unique index audit_by_number on audit (number);
create table audit_head (
  single boolean primary key default true check (single), number bigint not null, hash text not null
);
insert into audit_head (number, hash) values (0, '');
`
