/**
 * Water-budget requests in every state, so that the list and the page have something to show. What counts on past
 * bills agrees with the household on record, and everything newer begins today: no bill of the sample is touched.
 */
import { addDays, addMonths, type LocalDate } from '@curbstop/kernel/dates'
import type pg from 'pg'

type Home = { account_id: string; premise_id: string; persons: number; irrigated: number }
type Event = readonly [kind: string, daysAgo: number, by: number, reason: string | null, facts?: object]
type Made = {
  readonly kind: string
  readonly state: string
  readonly asked: number
  readonly facts: (home: Home, today: LocalDate) => object
  readonly seen?: readonly (readonly [kind: string, count: number])[]
  readonly events: readonly Event[]
  readonly grant?: (
    home: Home,
    today: LocalDate,
  ) => readonly [input: string, amount: number, from: LocalDate, until: LocalDate]
}

const [assistant, advisor, senior, supervisor] = [11, 12, 14, 15]
const people = (more: number) => (home: Home) => ({ persons: home.persons + more })
const yearly = (monthsAgo: number) => (home: Home, today: LocalDate) => {
  const from = addDays(addMonths(today, -monthsAgo), -10)
  return ['persons', home.persons, from, addMonths(from, 12)] as const
}

const requests: readonly Made[] = [
  {
    kind: 'household',
    state: 'requested',
    asked: 2,
    facts: people(2),
    seen: [['names-listed', 1]],
    events: [['requested', 2, assistant, 'Two grandchildren moved in for good.']],
  },
  {
    kind: 'animals',
    state: 'requested',
    asked: 23,
    facts: () => ({ count: 2, poundsEach: 1000 }),
    events: [['requested', 23, advisor, 'Two horses; the photo follows by mail.']],
  },
  {
    kind: 'landscape',
    state: 'requested',
    asked: 34,
    facts: home => ({ irrigatedSqft: home.irrigated + 650 }),
    seen: [['landscape-drawing', 1]],
    events: [['requested', 34, advisor, 'Drawing with the back yard, which the record leaves out.']],
  },
  {
    kind: 'medical',
    state: 'requested',
    asked: 1,
    facts: () => ({ gallonsPerDay: 40 }),
    seen: [['doctor-note', 1]],
    events: [['requested', 1, advisor, null]],
  },
  {
    kind: 'household',
    state: 'proposed',
    asked: 4,
    facts: people(2),
    seen: [['names-listed', 1]],
    events: [
      ['requested', 4, assistant, 'Parents live with them since October.'],
      ['proposed', 4, assistant, 'Names and ages seen, all in order.', { decision: 'approve' }],
    ],
  },
  {
    kind: 'care',
    state: 'evidence-asked',
    asked: 12,
    facts: (_, today) => ({
      persons: 6,
      licenseNumber: 'FC-2291',
      licenseExpiresOn: addMonths(today, 9),
    }),
    events: [
      ['requested', 12, advisor, 'Day care for six children.'],
      ['evidence-asked', 11, advisor, 'A copy of the license.'],
    ],
  },
  {
    kind: 'household',
    state: 'approved',
    asked: 352,
    facts: people(0),
    seen: [['names-listed', 1]],
    events: [
      ['requested', 352, advisor, null],
      ['approved', 345, advisor, 'Names and ages seen.'],
    ],
    grant: yearly(11),
  },
  {
    kind: 'household',
    state: 'approved',
    asked: 440,
    facts: people(0),
    seen: [['names-listed', 1]],
    events: [
      ['requested', 440, advisor, null],
      ['approved', 436, advisor, 'Names and ages seen.'],
    ],
    grant: yearly(14),
  },
  {
    kind: 'medical',
    state: 'approved',
    asked: 6,
    facts: () => ({ gallonsPerDay: 55 }),
    seen: [['doctor-note', 1]],
    events: [
      ['requested', 6, advisor, null],
      ['approved', 0, senior, 'The doctor’s note states the gallons.'],
    ],
    grant: (_, today) => ['indoor-gpd', 55, today, addMonths(today, 12)],
  },
  {
    kind: 'new-landscape',
    state: 'denied',
    asked: 40,
    facts: (_, today) => ({ plantedOn: addMonths(today, -9) }),
    events: [
      ['requested', 40, advisor, null],
      ['denied', 31, supervisor, 'The landscape was planted nine months ago and has taken root.'],
    ],
  },
  {
    kind: 'other',
    state: 'appealed',
    asked: 28,
    facts: (_, today) => ({ gallonsPerDay: 60, untilOn: addMonths(today, 5) }),
    events: [
      ['requested', 28, advisor, 'Koi pond, filled every day.'],
      ['denied', 15, supervisor, 'A pond is part of the landscape’s area.'],
      ['appealed', 3, assistant, 'Letter of the customer arrived.'],
    ],
  },
  {
    kind: 'pool-fill',
    state: 'withdrawn',
    asked: 18,
    facts: (_, today) => ({ poolGallons: 14_000, filledOn: addDays(today, -25) }),
    events: [
      ['requested', 18, assistant, null],
      ['withdrawn', 16, assistant, 'The customer will have the pool drained instead.'],
    ],
  },
]

/** One request on each of twelve lived-in homes that no named situation stands on. */
export async function writeVariances(
  client: pg.ClientBase,
  { today, named }: { today: LocalDate; named: readonly bigint[] },
): Promise<void> {
  const { rows } = await client.query<Home>(
    `select distinct on (a.account_id) a.account_id, s.premise_id, p.irrigated_sqft as irrigated,
       coalesce((select h.persons from accounts.household h where h.account_id = a.account_id
         order by h.from_on desc, h.noted_at desc limit 1), 3) as persons
     from accounts.account a
       join accounts.account_service s on s.account_id = a.account_id and s.service = 'water' and s.to_on is null
       join premises.premise p on p.premise_id = s.premise_id
     where a.class = 'residential' and a.closed_on is null and p.dwelling_units = 1
       and a.opened_on < $1::date - 500 and not a.account_id = any($2::bigint[])
     order by a.account_id limit $3`,
    [today, named.map(String), requests.length],
  )
  for (const [at, home] of rows.entries()) await writeOne(client, requests[at]!, { home, today })
}

const instant = (on: LocalDate): string => `${on}T18:30:00Z`

async function writeOne(
  client: pg.ClientBase,
  made: Made,
  { home, today }: { home: Home; today: LocalDate },
): Promise<void> {
  const on = addDays(today, -made.asked)
  const by = made.events[0]![2]
  const { rows } = await client.query<{ id: string }>(
    `insert into variances.variance (account_id, premise_id, kind, state, channel, facts, requested_on, requested_at,
       requested_by, due_on, alert_on, version)
     values ($1, $2, $3, $4, 'counter', $5, $6, $7, $8, $9, $10, $11) returning variance_id as id`,
    [
      ...[
        home.account_id,
        home.premise_id,
        made.kind,
        made.state,
        JSON.stringify(made.facts(home, today)),
        on,
      ],
      ...[instant(on), by, addDays(on, 30), addDays(on, 20), made.events.length],
    ],
  )
  const key = [home.account_id, rows[0]!.id]
  for (const [kind, count] of made.seen ?? [])
    await client.query(
      'insert into variances.evidence (account_id, variance_id, kind, count, seen_on, seen_by) values ($1, $2, $3, $4, $5, $6)',
      [...key, kind, count, on, by],
    )
  for (const [kind, daysAgo, who, reason, facts] of made.events)
    await client.query(
      `insert into variances.variance_event (account_id, variance_id, at, by_person, kind, reason, facts)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [...key, instant(addDays(today, -daysAgo)), who, kind, reason, JSON.stringify(facts ?? {})],
    )
  const granted = made.grant?.(home, today)
  if (!granted) return
  const [input, amount, from, until] = granted
  await client.query(
    `insert into variances.budget_grant (account_id, variance_id, input, kind, amount, from_on, until_on, starts,
       rule_ids, granted_at, granted_by)
     select $1, $2, $3, $4, $5, $6, $7, 'approval-date', coalesce(array_agg(rule_id), '{}'), $8, $9
     from policy.rule where code in ('WB-023', 'WB-025', 'WB-036')`,
    [...key, input, made.kind, amount, from, until, instant(from), made.events.at(-1)![2]],
  )
}
