/** What the last pass of a subject that came to its end had seen of it; null while one runs, and after one that failed. */
export const seen = `
alter table passes add column seen text, add column mergeable text, add column elsewhere boolean not null default false
`
