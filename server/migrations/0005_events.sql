-- The event log and the usage ledger: append-only, one order for each organization.
set local search_path = muster;

create table event_chains (
  organization_id uuid primary key,
  seq bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  ledger_position bigint not null default 0
);
comment on table event_chains is 'Where the log and the ledger of an organization end. Its row lock gives both one gapless order. The organization of all zeros is the instance itself.';
comment on column event_chains.organization_id is 'Whose chain; not a foreign key, because the instance has one too.';
comment on column event_chains.seq is 'Sequence of the last event.';
comment on column event_chains.hash is 'Hash of the last event.';
comment on column event_chains.ledger_position is 'Position of the last ledger row.';
alter table event_chains enable row level security;
alter table event_chains force row level security;
create policy tenant on event_chains to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on event_chains to current_user using (true) with check (true);
grant select, insert, update on event_chains to muster_server;

create table events (
  organization_id uuid not null,
  seq bigint not null check (seq > 0),
  id uuid not null,
  at timestamptz(3) not null,
  actor_kind text not null,
  actor_id uuid,
  person_digest bytea not null,
  via text not null,
  category text not null,
  event text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  reason text not null default '',
  target text not null default '',
  target_name text not null default '',
  project_id uuid,
  project_name text not null default '',
  changes jsonb not null default '[]',
  request_id text not null,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (organization_id, seq)
);
create index events_project on events (organization_id, project_id, seq desc);
create index events_actor on events (organization_id, actor_id, seq desc);
comment on table events is 'What happened. Written in the transaction of the act: no row, no act. The server may add rows, never change or delete them.';
comment on column events.organization_id is 'Whose chain; all zeros for acts that concern no organization.';
comment on column events.seq is 'Position in the chain, from 1, without gaps.';
comment on column events.id is 'UUIDv7.';
comment on column events.at is 'When, by the clock of the server.';
comment on column events.actor_kind is 'Who acts: account, system.';
comment on column events.actor_id is 'Which one.';
comment on column events.person_digest is 'Salted SHA-256 of the row''s personal parts, which stand in event_people so that erasing them keeps the chain valid.';
comment on column events.via is 'How the actor came in: session, token with its prefix, console of the machine, job.';
comment on column events.category is 'Area of the product.';
comment on column events.event is 'What was done, like record.create.';
comment on column events.outcome is 'Whether it was done, refused or failed.';
comment on column events.reason is 'Why it was refused or failed.';
comment on column events.target is 'Resource name of what it was done to.';
comment on column events.target_name is 'Its display name then.';
comment on column events.project_id is 'Its project.';
comment on column events.project_name is 'The project''s display name then.';
comment on column events.changes is 'Fields with their values before and after.';
comment on column events.request_id is 'The request, as in the log of the server.';
comment on column events.prev_hash is 'Hash of the row before; zeros for the first.';
comment on column events.hash is 'SHA-256 over prev_hash and the canonical JSON (RFC 8785) of the row without its hash.';
alter table events enable row level security;
alter table events force row level security;
create policy tenant on events to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on events to current_user using (true) with check (true);
grant select, insert on events to muster_server;

create table event_people (
  organization_id uuid not null,
  seq bigint not null,
  salt bytea not null,
  name text not null default '',
  email text not null default '',
  network_address text not null default '',
  client text not null default '',
  primary key (organization_id, seq),
  foreign key (organization_id, seq) references events
);
comment on table event_people is 'Personal parts of events, apart from the chain.';
comment on column event_people.organization_id is 'Whose chain.';
comment on column event_people.seq is 'Which event.';
comment on column event_people.salt is 'Makes the digest of equal parts differ.';
comment on column event_people.name is 'Display name of the actor then.';
comment on column event_people.email is 'Masked main address of the actor then.';
comment on column event_people.network_address is 'Where the request came from.';
comment on column event_people.client is 'Program that made the request, first 200 characters.';
alter table event_people enable row level security;
alter table event_people force row level security;
create policy tenant on event_people to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on event_people to current_user using (true) with check (true);
grant select, insert on event_people to muster_server;

create table usage_ledger (
  organization_id uuid not null references organizations,
  position bigint not null check (position > 0),
  meter text not null check (meter in ('storage.live', 'storage.trash', 'storage.freeing')),
  source text not null,
  event_id text not null,
  kind text not null check (kind in ('fact', 'reconcile', 'adjustment')),
  delta bigint not null check (delta <> 0),
  at timestamptz(3) not null,
  record_time timestamptz(3) not null default now(),
  project_id uuid,
  sha256 bytea,
  note text not null default '',
  primary key (organization_id, position),
  unique (organization_id, meter, source, event_id)
);
create index usage_ledger_meter on usage_ledger (organization_id, meter, position desc);
comment on table usage_ledger is 'Every change of what an organization uses. Numbers are sums over it; rows are never changed.';
comment on column usage_ledger.organization_id is 'Who uses.';
comment on column usage_ledger.position is 'Position in the ledger of the organization, from 1, without gaps.';
comment on column usage_ledger.meter is 'What is counted; storage in bytes.';
comment on column usage_ledger.source is 'Which part of the product booked it.';
comment on column usage_ledger.event_id is 'Derived from what happened, so that booking it twice is impossible.';
comment on column usage_ledger.kind is 'A fact, a correction by the recount, or a late fact of a closed month.';
comment on column usage_ledger.delta is 'Change.';
comment on column usage_ledger.at is 'When it happened.';
comment on column usage_ledger.record_time is 'When it was booked.';
comment on column usage_ledger.project_id is 'The project it is booked on; null for the organization itself.';
comment on column usage_ledger.sha256 is 'The content it is about.';
comment on column usage_ledger.note is 'For corrections: why.';
alter table usage_ledger enable row level security;
alter table usage_ledger force row level security;
create policy tenant on usage_ledger to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on usage_ledger to current_user using (true) with check (true);
grant select, insert on usage_ledger to muster_server;

create table usage_totals (
  organization_id uuid not null references organizations,
  meter text not null,
  total bigint not null,
  primary key (organization_id, meter)
);
comment on table usage_totals is 'Sums over the ledger, kept in its transactions, so that a card does not add up years of rows.';
comment on column usage_totals.organization_id is 'Who uses.';
comment on column usage_totals.meter is 'What is counted.';
comment on column usage_totals.total is 'Sum of all deltas; never negative.';
alter table usage_totals add check (total >= 0);
alter table usage_totals enable row level security;
alter table usage_totals force row level security;
create policy tenant on usage_totals to muster_server using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy owner on usage_totals to current_user using (true) with check (true);
grant select, insert, update on usage_totals to muster_server;
