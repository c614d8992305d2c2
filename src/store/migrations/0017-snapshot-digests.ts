/** An equal snapshot is found by its digest: its text need not be sent and compared. */
export const snapshotDigests = `
alter table snapshots add column digest text;
`
