-- Projects, who has a row of their own in them, and records.
set local search_path = muster;

create table projects (
  organization_id uuid not null references organizations,
  id uuid not null unique,
  slug text not null check (slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' and char_length(slug) between 2 and 40),
  display_name text not null check (char_length(display_name) between 1 and 64),
  description text not null default '' check (char_length(description) <= 500),
  visibility text not null check (visibility in ('private', 'internal', 'public')),
  record_count bigint not null default 0 check (record_count >= 0),
  archive_time timestamptz,
  creator_id uuid not null references accounts,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, slug)
);
create unique index projects_display_name on projects (organization_id, lower(display_name));
create index projects_newest on projects (organization_id, create_time desc, id desc);
comment on table projects is 'Where recordings live.';
comment on column projects.organization_id is 'Whose it is.';
comment on column projects.id is 'UUIDv7; never changes.';
comment on column projects.slug is 'Unique in the organization.';
comment on column projects.display_name is 'Unique in the organization ignoring case.';
comment on column projects.description is 'What it is about.';
comment on column projects.visibility is 'Who inherits a role in it.';
comment on column projects.record_count is 'Records outside the trash; kept by a trigger on records.';
comment on column projects.archive_time is 'Since when it is read only.';
comment on column projects.creator_id is 'Who made it.';
comment on column projects.create_time is 'When it was made.';
comment on column projects.update_time is 'When its own fields changed last.';
alter table projects enable row level security;
alter table projects force row level security;
create policy tenant on projects to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on projects to current_user using (true) with check (true);
grant select, insert, update on projects to muster_server;

create table project_members (
  organization_id uuid not null references organizations,
  project_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('admin', 'collaborator', 'viewer', 'annotator', 'collector', 'auditor')),
  create_time timestamptz not null default now(),
  primary key (organization_id, project_id, account_id),
  foreign key (organization_id, project_id) references projects,
  foreign key (organization_id, account_id) references memberships
);
create index project_members_account on project_members (organization_id, account_id);
comment on table project_members is 'People with a role of their own in a project; it beats what they would inherit, in both directions.';
comment on column project_members.organization_id is 'The organization.';
comment on column project_members.project_id is 'The project.';
comment on column project_members.account_id is 'The person.';
comment on column project_members.role is 'Role in the project.';
comment on column project_members.create_time is 'Since when.';
alter table project_members enable row level security;
alter table project_members force row level security;
create policy tenant on project_members to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on project_members to current_user using (true) with check (true);
grant select, insert, update, delete on project_members to muster_server;

create table records (
  organization_id uuid not null references organizations,
  id uuid not null unique,
  project_id uuid not null,
  title text not null check (char_length(title) between 1 and 255),
  description text not null default '' check (char_length(description) <= 20000),
  creator_id uuid not null references accounts,
  file_count bigint not null default 0 check (file_count >= 0),
  byte_size bigint not null default 0 check (byte_size >= 0),
  playable_ns bigint not null default 0,
  start_ns bigint,
  end_ns bigint,
  version bigint not null default 1,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  delete_time timestamptz,
  purge_time timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, project_id) references projects,
  check ((delete_time is null) = (purge_time is null))
);
create index records_newest on records (organization_id, project_id, create_time desc, id desc) where delete_time is null;
create index records_trash on records (organization_id, project_id, delete_time desc, id desc) where delete_time is not null;
create index records_purge on records (purge_time) where purge_time is not null;
comment on table records is 'Named containers for the files that describe one situation.';
comment on column records.organization_id is 'Whose it is.';
comment on column records.id is 'UUIDv7; never changes.';
comment on column records.project_id is 'The one project it lives in.';
comment on column records.title is 'One line, 1 to 255 characters, not unique.';
comment on column records.description is 'Markdown.';
comment on column records.creator_id is 'Who made it.';
comment on column records.file_count is 'Files outside the trash.';
comment on column records.byte_size is 'Bytes of files outside the trash.';
comment on column records.playable_ns is 'Length of the union of its recordings'' time ranges, in nanoseconds.';
comment on column records.start_ns is 'First message of its recordings, nanoseconds since 1970.';
comment on column records.end_ns is 'Last message of its recordings, nanoseconds since 1970.';
comment on column records.version is 'Grows by one with each change.';
comment on column records.create_time is 'When it was made.';
comment on column records.update_time is 'When it changed last.';
comment on column records.delete_time is 'When it went to the trash.';
comment on column records.purge_time is 'When it leaves the trash for good.';
alter table records enable row level security;
alter table records force row level security;
create policy tenant on records to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on records to current_user using (true) with check (true);
grant select, insert, update, delete on records to muster_server;

-- The counters of the home page are sums over projects, so a count never walks a million records.
create function count_records() returns trigger language plpgsql as $$
declare
  before integer := case when tg_op <> 'INSERT' and old.delete_time is null then 1 else 0 end;
  after integer := case when tg_op <> 'DELETE' and new.delete_time is null then 1 else 0 end;
begin
  if before <> after then
    update muster.projects set record_count = record_count + after - before
    where organization_id = coalesce(new.organization_id, old.organization_id) and id = coalesce(new.project_id, old.project_id);
  end if;
  return null;
end $$;
create trigger count_records after insert or delete or update of delete_time on records for each row execute function count_records();
