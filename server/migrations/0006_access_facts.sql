-- Entering: from a credential and the names in a request to the facts that the permission function decides on.
set local search_path = muster;

-- Finds who calls and what they call for, and makes that organization the tenant of the running transaction.
-- It is the only way to look across tenants that the server has; it runs as the owner of the tables and
-- answers facts about the caller, the named organization and the named project only.
create function access_facts(
  credential_kind text, credential_hash bytea, organization_ref text, project_ref text, for_connection boolean,
  out credential_state text, out credential_id uuid, out account_id uuid, out account_name text, out account_email text,
  out sign_in_time timestamptz, out token_prefix text, out scopes text[], out project_ids uuid[],
  out organization_id uuid, out organization_slug text, out organization_name text, out organization_state text,
  out membership_role text, out membership_state text, out duties text[],
  out project_id uuid, out project_slug text, out project_name text, out visibility text, out archived boolean, out project_role text
) language plpgsql security definer set search_path = muster, pg_temp as $$
declare
  uuid_form constant text := '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
  token_organization uuid;
  token access_tokens;
  session sessions;
begin
  if credential_kind = 'token' then
    select * into token from access_tokens t where t.secret_hash = credential_hash;
    credential_state := case when token.id is null then 'unknown' when token.revoke_time is not null then 'revoked'
      when token.expire_time <= now() then 'expired' else 'valid' end;
    if credential_state = 'valid' then
      credential_id := token.id; account_id := token.account_id; token_prefix := token.prefix;
      scopes := token.scopes; project_ids := token.project_ids; token_organization := token.organization_id;
      if token.last_use_time is null or token.last_use_time < now() - interval '1 minute' then
        update access_tokens t set last_use_time = now() where t.organization_id = token.organization_id and t.id = token.id;
      end if;
    end if;
  elsif credential_kind = 'session' then
    select * into session from sessions s where s.secret_hash = credential_hash;
    credential_state := case when session.id is null then 'unknown' when session.end_time is not null then 'revoked'
      when session.expire_time <= now() or session.last_use_time < now() - interval '30 days' then 'expired' else 'valid' end;
    if credential_state = 'valid' then
      credential_id := session.id; account_id := session.account_id; sign_in_time := session.sign_in_time;
      if session.last_use_time < now() - interval '1 minute' then
        update sessions s set last_use_time = now() where s.id = session.id;
      end if;
    end if;
  else
    credential_state := 'none';
  end if;

  if account_id is not null then
    select a.display_name, d.address into account_name, account_email
    from accounts a left join account_addresses d on d.account_id = a.id and d.main where a.id = access_facts.account_id and a.state = 'active';
    if account_name is null then
      credential_state := 'revoked'; account_id := null;
    end if;
  end if;

  if organization_ref is not null then
    if organization_ref ~ uuid_form then
      organization_id := organization_ref::uuid;
    else
      select s.organization_id into organization_id from organization_slugs s where s.slug = organization_ref;
    end if;
  elsif token_organization is not null then
    organization_id := token_organization;
  elsif project_ref ~ uuid_form then
    select p.organization_id into organization_id from projects p where p.id = project_ref::uuid;
  elsif account_id is not null then
    -- A person of one organization need not name it.
    select min(m.organization_id::text)::uuid into organization_id from memberships m
    where m.account_id = access_facts.account_id and m.state = 'active' having count(*) = 1;
  end if;
  if token_organization is not null and organization_id is distinct from token_organization then
    organization_id := null;
  end if;

  select o.id, o.slug, o.display_name, o.state into organization_id, organization_slug, organization_name, organization_state
  from organizations o where o.id = access_facts.organization_id;
  if organization_id is not null then
    select m.role, m.state, m.duties into membership_role, membership_state, duties from memberships m
    where m.organization_id = access_facts.organization_id and m.account_id = access_facts.account_id;
    if project_ref is not null then
      select p.id, p.slug, p.display_name, p.visibility, p.archive_time is not null
      into project_id, project_slug, project_name, visibility, archived from projects p
      where p.organization_id = access_facts.organization_id
        and case when project_ref ~ uuid_form then p.id = project_ref::uuid else p.slug = project_ref end;
      select m.role into project_role from project_members m
      where m.organization_id = access_facts.organization_id and m.project_id = access_facts.project_id and m.account_id = access_facts.account_id;
    end if;
  end if;
  perform set_config('muster.organization_id', coalesce(organization_id::text, ''), not for_connection),
    set_config('muster.account_id', coalesce(account_id::text, ''), not for_connection);
end $$;
revoke all on function access_facts from public;
grant execute on function access_facts to muster_server;

-- The organizations of a person, for switching between them; crosses tenants on that person's behalf only.
create function organizations_of(person uuid) returns table (id uuid, slug text, display_name text, create_time timestamptz, role text, state text, created_by_person boolean)
language sql stable security definer set search_path = muster, pg_temp as $$
  select o.id, o.slug, o.display_name, o.create_time, m.role, m.state, o.creator_id = person
  from memberships m join organizations o on o.id = m.organization_id
  where m.account_id = person and o.state <> 'trashed'
$$;
revoke all on function organizations_of from public;
grant execute on function organizations_of to muster_server;

-- Jobs join the transaction that asks for them. The queue's own tables stay closed to the server's role.
create function add_job(task text, payload json, job_key text, run_at timestamptz) returns void
language plpgsql security definer set search_path = muster, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload, run_at => coalesce(run_at, now()), job_key => job_key, max_attempts => 10);
end $$;
revoke all on function add_job from public;
grant execute on function add_job to muster_server;
