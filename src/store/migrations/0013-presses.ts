/** Wishes that came from a button: no comment, and used once by the delivery they exist in. `press` is model/wish's `Press`. */
export const presses = `
alter table wishes alter column comment_id drop not null, alter column comment_node_id drop not null;
alter table wishes add column press jsonb;
alter table wishes add constraint wishes_source check ((comment_id is null) = (press is not null));
create unique index wishes_presses on wishes ((press->>'delivery')) where press is not null;
`
