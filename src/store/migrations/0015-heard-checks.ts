/** News of checks that came while a pass was reading: heard once it is known what is awaited, see `sift-hints.ts`. */
export const heardChecks = `
alter table passes add column heard jsonb;
`
