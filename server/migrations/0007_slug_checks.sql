-- How often somebody asked whether a slug can be had, so that nobody walks through all names.
set local search_path = muster;

create table slug_checks (
  account_id uuid not null references accounts,
  time timestamptz not null
);
create index slug_checks_account on slug_checks (account_id, time);
comment on table slug_checks is 'Checks of the last minute: 20 for each person.';
comment on column slug_checks.account_id is 'Who asked.';
comment on column slug_checks.time is 'When.';
grant select, insert, delete on slug_checks to muster_server;
