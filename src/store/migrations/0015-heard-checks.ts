/** News of checks that came while a pass was reading: heard once it is known what is awaited, see `hear-news.ts`. */
export const heardChecks = `
alter table passes add column heard jsonb;
`
