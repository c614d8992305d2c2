/** The tags that Waybill made, by their commit: found at the same cost however many there are. */
export const tagsByCommit = `
create index claims_tags_by_commit on claims (repository_id, said) where key >= 'tag:' and key < 'tag;';
`
