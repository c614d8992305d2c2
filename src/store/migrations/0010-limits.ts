/** Until when GitHub is not to be called for an installation: a limit, or an outage. */
export const limits = `
create table limits (
  installation text collate "C" primary key, until timestamptz not null, cause text not null, outage boolean not null
);
`
