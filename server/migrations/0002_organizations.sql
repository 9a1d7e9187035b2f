-- Organizations, who belongs to them, and access tokens.
set local search_path = muster;

create table organizations (
  id uuid primary key,
  organization_id uuid generated always as (id) stored,
  slug text not null,
  display_name text not null check (char_length(display_name) between 1 and 64),
  state text not null default 'active' check (state in ('active', 'suspended', 'trashed')),
  authz_version bigint not null default 1,
  creator_id uuid not null references accounts,
  create_time timestamptz not null default now()
);
comment on table organizations is 'A team or a company: the tenant.';
comment on column organizations.id is 'UUIDv7; never changes.';
comment on column organizations.organization_id is 'The id again, so that every tenant table has the same column.';
comment on column organizations.slug is 'The slug of today; organization_slugs holds it and all former ones.';
comment on column organizations.display_name is 'Name shown to people, 1 to 64 characters, not unique.';
comment on column organizations.state is 'Suspended: read only. Trashed: nobody enters.';
comment on column organizations.authz_version is 'Raised by each change of anybody''s rights, in that change''s transaction.';
comment on column organizations.creator_id is 'Who made it.';
comment on column organizations.create_time is 'When it was made.';
alter table organizations enable row level security;
alter table organizations force row level security;
create policy tenant on organizations to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on organizations to current_user using (true) with check (true);
grant select, insert, update on organizations to muster_server;

create table organization_slugs (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) between 3 and 40 and slug !~ '^[0-9]+$'),
  organization_id uuid not null references organizations,
  create_time timestamptz not null default now()
);
create index organization_slugs_organization on organization_slugs (organization_id);
comment on table organization_slugs is 'Every slug an organization has or had. A former slug stays with its organization for ever.';
comment on column organization_slugs.slug is 'Unique on the instance, former ones included.';
comment on column organization_slugs.organization_id is 'Whose it is.';
comment on column organization_slugs.create_time is 'Since when.';
alter table organization_slugs enable row level security;
alter table organization_slugs force row level security;
-- Whether a slug is taken is the one thing everybody may know of everybody: see CheckOrganizationSlug.
create policy lookup on organization_slugs for select to muster_server using (true);
create policy tenant on organization_slugs for insert to muster_server with check (organization_id = current_organization());
create policy owner on organization_slugs to current_user using (true) with check (true);
grant select, insert on organization_slugs to muster_server;

create table memberships (
  organization_id uuid not null references organizations,
  account_id uuid not null references accounts,
  role text not null check (role in ('admin', 'collaborator', 'viewer', 'external')),
  duties text[] not null default '{}' check (duties <@ array['billing_viewer', 'audit_viewer']),
  state text not null default 'active' check (state in ('active', 'suspended', 'disabled', 'left')),
  create_time timestamptz not null default now(),
  primary key (organization_id, account_id)
);
create index memberships_account on memberships (account_id);
comment on table memberships is 'Who belongs to an organization: one row for each person, for ever.';
comment on column memberships.organization_id is 'The organization.';
comment on column memberships.account_id is 'The person.';
comment on column memberships.role is 'Role in the organization.';
comment on column memberships.duties is 'Extra duties on top of the role.';
comment on column memberships.state is 'Only active rows give rights.';
comment on column memberships.create_time is 'When the person came in first.';
alter table memberships enable row level security;
alter table memberships force row level security;
create policy tenant on memberships to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on memberships to current_user using (true) with check (true);
grant select, insert, update on memberships to muster_server;

create table access_tokens (
  organization_id uuid not null references organizations,
  id uuid not null,
  account_id uuid not null,
  display_name text not null check (char_length(display_name) between 1 and 64),
  prefix text not null,
  secret_hash bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  project_ids uuid[],
  create_time timestamptz not null default now(),
  expire_time timestamptz not null,
  revoke_time timestamptz,
  last_use_time timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references memberships
);
create index access_tokens_account on access_tokens (organization_id, account_id, create_time desc, id desc);
comment on table access_tokens is 'Personal access tokens: the rights of a person in one organization, for programs.';
comment on column access_tokens.organization_id is 'The organization it opens.';
comment on column access_tokens.id is 'UUIDv7.';
comment on column access_tokens.account_id is 'Whose rights it has.';
comment on column access_tokens.display_name is 'What it is for, in its owner''s words.';
comment on column access_tokens.prefix is 'Beginning of the secret, to tell tokens apart.';
comment on column access_tokens.secret_hash is 'SHA-256 of the secret, which is shown once and kept nowhere.';
comment on column access_tokens.scopes is 'What it may do, at most.';
comment on column access_tokens.project_ids is 'Projects it is bound to; null for all.';
comment on column access_tokens.create_time is 'When it was made.';
comment on column access_tokens.expire_time is 'End of its life.';
comment on column access_tokens.revoke_time is 'When it was revoked.';
comment on column access_tokens.last_use_time is 'Exact to a minute.';
alter table access_tokens enable row level security;
alter table access_tokens force row level security;
create policy tenant on access_tokens to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on access_tokens to current_user using (true) with check (true);
grant select, insert, update on access_tokens to muster_server;
