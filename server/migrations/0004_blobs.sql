-- Bytes: contents stored once for each organization, what refers to them, uploads under way, files and what they hold.
set local search_path = muster;

create table blobs (
  organization_id uuid not null references organizations,
  sha256 bytea not null check (octet_length(sha256) = 32),
  byte_size bigint not null check (byte_size >= 0),
  state text check (state in ('live', 'trash', 'freeing')),
  project_id uuid,
  version bigint not null default 0,
  create_time timestamptz not null default now(),
  update_time timestamptz not null default now(),
  primary key (organization_id, sha256)
);
create index blobs_freeing on blobs (update_time) where state = 'freeing';
comment on table blobs is 'Different contents of an organization. A content is stored and counted once however many things refer to it.';
comment on column blobs.organization_id is 'Whose it is.';
comment on column blobs.sha256 is 'SHA-256 of the bytes.';
comment on column blobs.byte_size is 'How many bytes.';
comment on column blobs.state is 'Which gauge it counts in: live, trash (only trashed things refer to it), freeing (nothing refers to it, not yet erased); null before its first reference.';
comment on column blobs.project_id is 'The place it is booked on: that of its oldest reference.';
comment on column blobs.version is 'Grows with each change of state or place; part of the ids of ledger rows.';
comment on column blobs.create_time is 'When it was stored first.';
comment on column blobs.update_time is 'When its state changed last.';
alter table blobs enable row level security;
alter table blobs force row level security;
create policy tenant on blobs to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on blobs to current_user using (true) with check (true);
grant select, insert, update, delete on blobs to muster_server;

create table blob_references (
  organization_id uuid not null references organizations,
  kind text not null check (kind in ('file')),
  id uuid not null,
  sha256 bytea not null,
  project_id uuid,
  trashed boolean not null default false,
  create_time timestamptz not null default now(),
  primary key (organization_id, kind, id),
  foreign key (organization_id, sha256) references blobs
);
create index blob_references_blob on blob_references (organization_id, sha256, trashed, create_time, id);
comment on table blob_references is 'What refers to a content. A content without a row here is on its way out.';
comment on column blob_references.organization_id is 'Whose it is.';
comment on column blob_references.kind is 'What kind of thing refers to it.';
comment on column blob_references.id is 'Which thing.';
comment on column blob_references.sha256 is 'The content.';
comment on column blob_references.project_id is 'The project of the thing; null for things of the organization.';
comment on column blob_references.trashed is 'The thing is in the trash.';
comment on column blob_references.create_time is 'Since when; the oldest one is charged.';
alter table blob_references enable row level security;
alter table blob_references force row level security;
create policy tenant on blob_references to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on blob_references to current_user using (true) with check (true);
grant select, insert, update, delete on blob_references to muster_server;

create table files (
  organization_id uuid not null references organizations,
  id uuid not null,
  record_id uuid not null,
  project_id uuid not null,
  path text not null check (octet_length(path) between 1 and 1024),
  sha256 bytea not null,
  byte_size bigint not null check (byte_size >= 0),
  creator_id uuid not null references accounts,
  create_time timestamptz not null default now(),
  delete_time timestamptz,
  purge_time timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, record_id) references records,
  foreign key (organization_id, project_id) references projects,
  foreign key (organization_id, sha256) references blobs,
  check ((delete_time is null) = (purge_time is null))
);
create unique index files_path on files (organization_id, record_id, path) where delete_time is null;
create index files_trash on files (organization_id, record_id, path, delete_time desc) where delete_time is not null;
create index files_purge on files (purge_time) where purge_time is not null;
create index files_blob on files (organization_id, sha256);
comment on table files is 'Files of records.';
comment on column files.organization_id is 'Whose it is.';
comment on column files.id is 'UUIDv7.';
comment on column files.record_id is 'The record it is in.';
comment on column files.project_id is 'The project of that record.';
comment on column files.path is 'Path inside the record, UTF-8, parts joined by slashes.';
comment on column files.sha256 is 'Its content.';
comment on column files.byte_size is 'Size of its content.';
comment on column files.creator_id is 'Who uploaded it.';
comment on column files.create_time is 'When it was complete.';
comment on column files.delete_time is 'When it was deleted or replaced.';
comment on column files.purge_time is 'When it leaves the trash for good.';
alter table files enable row level security;
alter table files force row level security;
create policy tenant on files to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on files to current_user using (true) with check (true);
grant select, insert, update, delete on files to muster_server;

create table recordings (
  organization_id uuid not null references organizations,
  file_id uuid not null,
  record_id uuid not null,
  format text not null check (format in ('mcap', 'bag')),
  state text not null default 'pending' check (state in ('pending', 'ready', 'partial', 'failed')),
  start_ns bigint,
  end_ns bigint,
  message_count bigint not null default 0,
  content jsonb not null default '{}',
  problem_reason text,
  problem text,
  update_time timestamptz not null default now(),
  primary key (organization_id, file_id),
  foreign key (organization_id, file_id) references files on delete cascade,
  foreign key (organization_id, record_id) references records
);
create index recordings_record on recordings (organization_id, record_id);
comment on table recordings is 'What the files that can hold messages hold. Written by a job after the upload.';
comment on column recordings.organization_id is 'Whose it is.';
comment on column recordings.file_id is 'The file.';
comment on column recordings.record_id is 'The record of the file.';
comment on column recordings.format is 'How it is read.';
comment on column recordings.state is 'Partial and failed ones say why in problem.';
comment on column recordings.start_ns is 'First message, nanoseconds since 1970; null without messages.';
comment on column recordings.end_ns is 'Last message, nanoseconds since 1970.';
comment on column recordings.message_count is 'Messages inside the valid range of times.';
comment on column recordings.content is 'Profile, library, chunks, compressions and topics with their types and counts; 64-bit numbers as text.';
comment on column recordings.problem_reason is 'What is wrong, for programs.';
comment on column recordings.problem is 'What is wrong, in one sentence.';
comment on column recordings.update_time is 'When it was read last.';
alter table recordings enable row level security;
alter table recordings force row level security;
create policy tenant on recordings to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on recordings to current_user using (true) with check (true);
grant select, insert, update, delete on recordings to muster_server;

create table uploads (
  organization_id uuid not null references organizations,
  id uuid not null unique,
  record_id uuid not null,
  project_id uuid not null,
  account_id uuid not null references accounts,
  path text not null check (octet_length(path) between 1 and 1024),
  byte_size bigint not null check (byte_size >= 0),
  received bigint not null default 0 check (received between 0 and byte_size),
  sha256 bytea check (octet_length(sha256) = 32),
  file_id uuid,
  reserve_until timestamptz not null,
  expire_time timestamptz not null,
  create_time timestamptz not null default now(),
  end_time timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, record_id) references records on delete cascade,
  foreign key (organization_id, project_id) references projects
);
create index uploads_open on uploads (organization_id, reserve_until) where end_time is null;
create index uploads_expiry on uploads (expire_time);
create index uploads_record on uploads (organization_id, record_id);
comment on table uploads is 'Uploads under way, and for a while the finished ones, so that a retry of the last part finds its answer.';
comment on column uploads.organization_id is 'Whose it is.';
comment on column uploads.id is 'UUIDv7; part of the upload''s address.';
comment on column uploads.record_id is 'Where the file will be.';
comment on column uploads.project_id is 'The project of that record.';
comment on column uploads.account_id is 'Who uploads; nobody else may go on with it.';
comment on column uploads.path is 'Path the file will have.';
comment on column uploads.byte_size is 'Declared size.';
comment on column uploads.received is 'Bytes that are on disk for sure: what was acknowledged.';
comment on column uploads.sha256 is 'Declared SHA-256, if any.';
comment on column uploads.file_id is 'The file it became.';
comment on column uploads.reserve_until is 'Until when the declared bytes count as reserved; 24 hours after the last part.';
comment on column uploads.expire_time is '7 days after the last part.';
comment on column uploads.create_time is 'When it began.';
comment on column uploads.end_time is 'When it was finished, given up or expired.';
alter table uploads enable row level security;
alter table uploads force row level security;
create policy tenant on uploads to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on uploads to current_user using (true) with check (true);
grant select, insert, update, delete on uploads to muster_server;
