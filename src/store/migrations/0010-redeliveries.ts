/** How far GitHub's list of deliveries was read, and what was asked for again. */
export const redeliveries = `
create table deliveries_seen (single boolean primary key default true check (single), mark jsonb not null);
create table redeliveries (
  id text collate "C" primary key, times int not null default 1, at timestamptz not null default now()
);
`
