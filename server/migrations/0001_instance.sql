-- What belongs to the instance and to no organization: accounts, sessions, sign-in codes, and the roles of the database.

create schema if not exists muster;
set local search_path = muster;

-- The role the server works as. It owns nothing, so row-level security binds it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'muster_server') then
    create role muster_server nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another instance on this cluster was faster
end $$;
do $$
begin
  if not pg_has_role(current_user, 'muster_server', 'member') then
    execute format('grant muster_server to %I', current_user);
  end if;
end $$;
grant usage on schema muster to muster_server;

-- The tenant and the person of the running request; null when none is set, and then no tenant's row is visible.
create function current_organization() returns uuid language sql stable parallel safe
  return nullif(current_setting('muster.organization_id', true), '')::uuid;
create function current_account() returns uuid language sql stable parallel safe
  return nullif(current_setting('muster.account_id', true), '')::uuid;

create table accounts (
  id uuid primary key,
  display_name text not null check (char_length(display_name) between 1 and 64),
  language text check (language in ('en', 'zh')),
  state text not null default 'active' check (state in ('active', 'blocked', 'deleted')),
  create_time timestamptz not null default now()
);
comment on table accounts is 'One person on the instance. The row is made in the transaction that accepts a proof of an address.';
comment on column accounts.id is 'UUIDv7.';
comment on column accounts.display_name is 'Name shown to others, 1 to 64 characters.';
comment on column accounts.language is 'Language of the console; null follows the browser.';
comment on column accounts.state is 'Blocked and deleted accounts have no rights anywhere.';
comment on column accounts.create_time is 'When the first address was proven.';
grant select, insert, update on accounts to muster_server;

create table account_addresses (
  address text primary key check (char_length(address) between 3 and 254),
  account_id uuid not null references accounts,
  main boolean not null,
  prove_time timestamptz not null default now()
);
create unique index account_addresses_main on account_addresses (account_id) where main;
comment on table account_addresses is 'Proven e-mail addresses. An address belongs to at most one account.';
comment on column account_addresses.address is 'Normal form: trimmed, NFKC, lower case, domain in ASCII.';
comment on column account_addresses.account_id is 'Whose it is.';
comment on column account_addresses.main is 'The one that mail goes to; one for each account.';
comment on column account_addresses.prove_time is 'When a code or link proved it.';
grant select, insert, update, delete on account_addresses to muster_server;

create table sessions (
  id uuid primary key,
  account_id uuid not null references accounts,
  secret_hash bytea not null unique,
  sign_in_time timestamptz not null default now(),
  last_use_time timestamptz not null default now(),
  expire_time timestamptz not null,
  end_time timestamptz,
  network_address inet,
  client text not null default ''
);
create index sessions_account on sessions (account_id);
comment on table sessions is 'Browser sessions. The secret is in the cookie only.';
comment on column sessions.id is 'UUIDv7.';
comment on column sessions.account_id is 'Who is signed in.';
comment on column sessions.secret_hash is 'SHA-256 of the secret.';
comment on column sessions.sign_in_time is 'When the person proved who they are; what needs a fresh sign-in looks at it.';
comment on column sessions.last_use_time is 'Exact to a minute. 30 days without use end the session.';
comment on column sessions.expire_time is 'End of life however much it is used: 90 days.';
comment on column sessions.end_time is 'When it was signed out or revoked.';
comment on column sessions.network_address is 'Where the sign-in came from.';
comment on column sessions.client is 'Browser that signed in, first 200 characters of its user agent.';
grant select, insert, update on sessions to muster_server;

create table sign_in_codes (
  id uuid primary key,
  address text not null,
  purpose text not null check (purpose in ('sign_in')),
  flow_hash bytea not null,
  code_hmac bytea not null,
  tries integer not null default 0 check (tries between 0 and 5),
  create_time timestamptz not null default now(),
  expire_time timestamptz not null,
  end_time timestamptz
);
create unique index sign_in_codes_open on sign_in_codes (address, purpose) where end_time is null;
comment on table sign_in_codes is 'E-mail codes. One open code for each address and purpose.';
comment on column sign_in_codes.id is 'UUIDv7.';
comment on column sign_in_codes.address is 'Normal form of the address it was sent to.';
comment on column sign_in_codes.purpose is 'What it may be used for.';
comment on column sign_in_codes.flow_hash is 'SHA-256 of the cookie of the browser that asked; a code typed elsewhere is wrong.';
comment on column sign_in_codes.code_hmac is 'HMAC-SHA-256 of address, purpose, flow and code with the key of the server, which is not in this database.';
comment on column sign_in_codes.tries is 'Wrong and right tries, counted before comparing; 5 at most.';
comment on column sign_in_codes.create_time is 'When it was made; a new one may be asked for 60 s later.';
comment on column sign_in_codes.expire_time is '10 minutes later.';
comment on column sign_in_codes.end_time is 'When it was used, replaced or worn out.';
grant select, insert, update, delete on sign_in_codes to muster_server;

create table sign_in_attempts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('code_request', 'wrong_try')),
  address text not null,
  network inet not null,
  time timestamptz not null default now()
);
create index sign_in_attempts_address on sign_in_attempts (address, kind, time);
create index sign_in_attempts_network on sign_in_attempts (network, kind, time);
create index sign_in_attempts_time on sign_in_attempts (time);
comment on table sign_in_attempts is 'Code requests and wrong tries of the last day: the budgets of sign-in are counts over it.';
comment on column sign_in_attempts.id is 'Order of arrival.';
comment on column sign_in_attempts.kind is 'What is counted.';
comment on column sign_in_attempts.address is 'Normal form of the address.';
comment on column sign_in_attempts.network is 'IPv4 address, or the /64 of an IPv6 address.';
comment on column sign_in_attempts.time is 'When it happened.';
grant select, insert, delete on sign_in_attempts to muster_server;

create table request_keys (
  account_id uuid not null references accounts,
  method text not null,
  request_id uuid not null,
  request_hash bytea not null,
  resource_id uuid not null,
  create_time timestamptz not null default now(),
  primary key (account_id, method, request_id)
);
create index request_keys_time on request_keys (create_time);
comment on table request_keys is 'Keys that clients sent with creates, so that a retry finds what the first call made. Kept for a week.';
comment on column request_keys.account_id is 'Who called.';
comment on column request_keys.method is 'Which create.';
comment on column request_keys.request_id is 'The key.';
comment on column request_keys.request_hash is 'SHA-256 of the request: the same key with another request is refused.';
comment on column request_keys.resource_id is 'What was made.';
comment on column request_keys.create_time is 'When.';
grant select, insert, delete on request_keys to muster_server;
