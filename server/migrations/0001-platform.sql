-- The ground every department stands on: rights of the application's role, append-only tables, events,
-- idempotency, and the audit trail with its seals.
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- The server works as curbstop_app: it may read, insert and update, never delete, never truncate, and what is made
-- append-only it may not even update. Deleting is granted table by table, with a reason beside it.
alter default privileges grant usage on schemas to curbstop_app;
alter default privileges grant select, insert, update on tables to curbstop_app;
alter default privileges grant usage, select on sequences to curbstop_app;
grant usage on schema platform to curbstop_app;
grant select on all tables in schema platform to curbstop_app;

create function platform.forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '%.% keeps history: write a correction instead of changing it', tg_table_schema, tg_table_name
    using errcode = '23514', constraint = 'append_only', schema = tg_table_schema, table = tg_table_name;
end $$;

-- Both guards are needed: grants stop the application, triggers stop a careless owner (row triggers do not see TRUNCATE).
create procedure platform.make_append_only(target regclass) language plpgsql as $$
begin
  execute format('revoke update, delete, truncate on %s from curbstop_app', target);
  execute format('create trigger append_only before update or delete on %s for each statement execute function platform.forbid_change()', target);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function platform.forbid_change()', target);
end $$;

-- The first answer to a request, kept as long as what it made: the same key gets the same answer.
create table platform.idempotency (
  actor_id bigint not null,
  key text not null check (length(key) between 8 and 128),
  request_hash bytea not null,
  endpoint text not null,
  status smallint,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (actor_id, key)
);

-- What happened, for live pages and for listeners. Ids only: private facts are read where they live.
create table platform.event (
  event_id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  name text not null,
  on_account bigint,
  subject jsonb not null default '{}'
);
create index event_at on platform.event (at);
call platform.make_append_only('platform.event');

-- Long making that must be whole or not at all (the sample district, an import). Found at a start, it was cut off.
create table platform.unfinished (what text primary key, since timestamptz not null default now());

create schema audit;
create table audit.entry (
  entry_id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp(),
  actor_id bigint not null,
  duty text not null,
  subject text not null,
  on_account bigint,
  reason text,
  before jsonb,
  after jsonb,
  request_id text,
  idempotency_key text,
  session text,
  ip inet
);
create index entry_xid on audit.entry (xid);
create index entry_on_account on audit.entry (on_account, at desc) where on_account is not null;
create index entry_actor on audit.entry (actor_id, at desc);
call platform.make_append_only('audit.entry');

-- A seal covers every entry whose transaction was decided at the horizon, so writers take no lock and no edit,
-- deletion or back-dated insert goes unseen.
create table audit.seal (
  seal_no bigint primary key,
  upto_xid xid8 not null,
  entries bigint not null,
  previous bytea,
  root bytea not null,
  hash bytea not null,
  at timestamptz not null default clock_timestamp()
);
call platform.make_append_only('audit.seal');

create function audit.root_between(low xid8, high xid8, out entries bigint, out root bytea)
language sql stable set timezone = 'UTC' set datestyle = 'ISO, YMD' set search_path = audit, pg_temp as $$
  select count(*), sha256(convert_to(coalesce(string_agg(
    concat_ws('|', entry_id, xid, at, actor_id, duty, subject, on_account, reason, before, after,
      request_id, idempotency_key, session, ip), E'\n' order by xid, entry_id), ''), 'UTF8'))
  from audit.entry where xid >= low and xid < high
$$;

create function audit.seal_now() returns bigint
language plpgsql security definer set search_path = audit, pg_temp as $$
declare
  last audit.seal%rowtype;
  horizon xid8;
  covered bigint;
  tree bytea;
begin
  perform pg_advisory_xact_lock(4244); -- one sealer at a time; writers are not touched
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  select * into last from audit.seal order by seal_no desc limit 1;
  if last.upto_xid is not null and horizon <= last.upto_xid then return 0; end if;
  select r.entries, r.root into covered, tree from audit.root_between(coalesce(last.upto_xid, '0'::xid8), horizon) r;
  if covered = 0 then return 0; end if;
  insert into audit.seal (seal_no, upto_xid, entries, previous, root, hash)
  values (coalesce(last.seal_no, 0) + 1, horizon, covered, last.hash, tree,
    sha256(coalesce(last.hash, '') || tree || convert_to(horizon::text || covered, 'UTF8')));
  return covered;
end $$;
