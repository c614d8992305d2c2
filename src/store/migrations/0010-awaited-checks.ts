/** What a pass found under way on its commits, and how many passes came close behind each other: see `sift-hints.ts`. */
export const awaitedChecks = `
alter table passes add column awaited jsonb, add column close_passes int not null default 0;
`
