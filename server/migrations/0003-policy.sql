-- Rules as dated data with a citation, the district's facts, and its calendar.
create schema policy;

create table policy.district (
  district_id smallint primary key default 1 check (district_id = 1),
  name text not null,
  short_name text not null,
  time_zone text not null,
  bill_unit text not null check (bill_unit in ('ccf', 'kgal', 'kl')),
  phone text not null,
  address text not null,
  website text not null,
  is_sample boolean not null default false
);

create table policy.rule (
  rule_id bigint generated always as identity primary key,
  code text not null,                 -- VEE-011, PRV-010 …
  name text not null,
  text text not null,                 -- the rule as a person reads it
  value jsonb not null,
  unit text,
  authority text not null check (authority in ('LAW', 'NET', 'STD', 'DIST', 'PROD')),
  citation text not null,
  effective daterange not null,
  created_at timestamptz not null default now(),
  created_by bigint not null references staff.person,
  constraint rule_no_overlap exclude using gist (code with =, effective with &&)
);

-- The week as it usually is, and the days that differ from it. Closed days are the district's own resolution,
-- not the bank's and not the state's.
create table policy.office_hours (
  weekday smallint primary key check (weekday between 0 and 6), -- 0 Sunday
  opens_at time,
  closes_at time,
  check ((opens_at is null) = (closes_at is null) and opens_at < closes_at)
);
create table policy.calendar_day (
  on_date date primary key,
  name text not null,
  opens_at time,
  closes_at time,
  citation text not null,
  check ((opens_at is null) = (closes_at is null) and opens_at < closes_at)
);
grant delete on policy.calendar_day to curbstop_app; -- a planned closed day may be called off; the audit trail keeps it
