/** What a pass saw of each check on its commits: news of it that comes later is none, see `hear-news.ts`. */
export const seenChecks = `
alter table passes add column checks_seen jsonb;
`
