-- Nobody makes a second person out of themselves: rights that decide are given by two, a password somebody else knows
-- opens nothing but its own change, and its giver is no second person beside its holder for a while.

-- A password given by somebody else (a new person, a reset): once, for a while, until its holder has chosen another.
create table staff.first_password (
  first_password_id bigint generated always as identity primary key,
  person_id bigint not null references staff.person,
  given_at timestamptz not null,
  given_by bigint not null references staff.person,
  why text not null check (why in ('new', 'reset')),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('changed', 'replaced')),
  constraint first_password_ended check ((ended_at is null) = (ended_how is null))
);
create unique index first_password_once on staff.first_password (person_id) where ended_at is null;
create index first_password_person on staff.first_password (person_id, given_at desc);

-- What one person asked for another and a second one decides: rights that decide, letting in again, a factor off.
create table staff.proposal (
  proposal_id bigint generated always as identity primary key,
  person_id bigint not null references staff.person,
  what text not null check (what in ('rights', 'enable', 'factor-off')),
  level text references staff.role,
  roles text[] not null default '{}',
  reason text not null,
  proposed_at timestamptz not null,
  proposed_by bigint not null references staff.person,
  decided_at timestamptz,
  decided_by bigint references staff.person,
  decision text check (decision in ('confirmed', 'declined', 'withdrawn')),
  decided_reason text,
  constraint proposal_decided check ((decided_at is null) = (decided_by is null)
    and (decided_at is null) = (decision is null) and (decided_at is null) = (decided_reason is null)),
  constraint proposal_not_for_oneself check (proposed_by <> person_id),
  -- only the way back is the proposer's own
  constraint proposal_two_people check (decided_by is null or decision = 'withdrawn'
    or (decided_by <> proposed_by and decided_by <> person_id))
);
create unique index proposal_once on staff.proposal (person_id, what) where decided_at is null;

insert into staff.authority_limit (role, action, limit_value, unit, effective_from, citation)
select role, action, limit_value, 'hours', date '2020-01-01', citation
from (values
  -- how long whoever gave a password is no second person beside its holder
  ('supervisor', 'approval-after-reset', 168, 'AUTH-028'),
  ('admin', 'approval-after-reset', 168, 'AUTH-028'),
  -- how long a given password waits for its first sign-in
  ('supervisor', 'first-password', 72, 'AUTH-029'),
  ('admin', 'first-password', 72, 'AUTH-029')
) as limits (role, action, limit_value, citation);
