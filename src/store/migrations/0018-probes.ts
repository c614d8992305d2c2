/** Which process tries whether GitHub is back (`Sessions.presence`, 0 on the embedded database); null where none does. */
export const probes = `
alter table limits add column probe_by bigint;
`
