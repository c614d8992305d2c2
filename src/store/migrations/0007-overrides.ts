/** An override is a wish that was granted, looked for by the pull request whose gate it lets pass. */
export const overrides = `
create index wishes_overrides on wishes (repository_id, pull) where state = 'done' and command->>'kind' = 'override';
`
