import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { CustomerId, PersonId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import type { ServiceAddress } from './domain/address.ts'
import type { AddressWords } from './domain/findable.ts'
import type { AreaFacts } from './domain/premise.ts'
import type { HazardKind, PointService, PointState, TurnOffPoint } from './domain/words.ts'

type LastChange = {
  version: number
  changedAt: Instant | null
  changedBy: string | null
  changedWhat: string | null
}

export type PointRow = LastChange & {
  servicePointId: string // text: JSON knows no bigint
  service: PointService
  book: { code: string; name: string; cycleDay: number } | null
  sequence: number | null
  locationNote: string | null
  turnOffPoints: TurnOffPoint[]
  state: PointState
}
export type HazardRow = {
  hazardId: string
  kind: HazardKind
  note: string
  notedAt: Instant
  notedBy: string
  expiresOn: LocalDate
}
export type PremiseRow = ServiceAddress &
  AreaFacts &
  LastChange & {
    premiseId: PremiseId
    etZone: string
    builtOn: LocalDate | null
    servicePoints: PointRow[]
    hazards: HazardRow[]
  }

/** The whole card in one indexed statement; `today` decides which warnings still hold. */
export async function listCards(
  tx: Tx,
  premiseIds: readonly PremiseId[],
  today: LocalDate,
): Promise<PremiseRow[]> {
  const { rows } = await sql<PremiseRow>`
    select m.premise_id as "premiseId", m.house_number as "houseNumber", m.street, m.unit, m.city, m.state, m.zip,
      m.class, m.dwelling_units as "dwellingUnits", m.lot_sqft as "lotSqft", m.irrigated_sqft as "irrigatedSqft",
      m.has_pool as "hasPool", m.et_zone as "etZone", m.built_on as "builtOn", m.version,
      m.changed_at as "changedAt", m.changed_what as "changedWhat",
      (select p.name from staff.person p where p.person_id = m.changed_by) as "changedBy",
      (select coalesce(json_agg(json_build_object('servicePointId', s.service_point_id::text, 'service', s.service,
          'book', case when b.book_id is null then null
            else json_build_object('code', b.code, 'name', b.name, 'cycleDay', b.cycle_day) end,
          'sequence', s.sequence, 'locationNote', s.location_note, 'turnOffPoints', s.turn_off_points,
          'state', s.state, 'version', s.version, 'changedAt', s.changed_at, 'changedWhat', s.changed_what,
          'changedBy', (select p.name from staff.person p where p.person_id = s.changed_by))
          order by s.service_point_id), '[]')
        from premises.service_point s left join premises.book b on b.book_id = s.book_id
        where s.premise_id = m.premise_id) as "servicePoints",
      (select coalesce(json_agg(json_build_object('hazardId', h.hazard_id::text, 'kind', h.kind, 'note', h.note,
          'notedAt', h.noted_at, 'notedBy', p.name, 'expiresOn', h.expires_on) order by h.hazard_id), '[]')
        from premises.hazard h join staff.person p on p.person_id = h.noted_by
        where h.premise_id = m.premise_id and h.ended_at is null and h.expires_on > ${today}::date) as hazards
    from premises.premise m where m.premise_id = any(${premiseIds}::bigint[])`.execute(tx)
  return rows
}

export type PremiseLine = ServiceAddress & Pick<AreaFacts, 'class'> & { premiseId: PremiseId }
const lineColumns = sql`premise_id as "premiseId", house_number as "houseNumber", street, unit, city, state, zip, class`

export async function listLines(tx: Tx, premiseIds: readonly PremiseId[]): Promise<PremiseLine[]> {
  const { rows } = await sql<PremiseLine>`
    select ${lineColumns} from premises.premise where premise_id = any(${premiseIds}::bigint[])`.execute(tx)
  return rows
}

const begins = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`

/** Both are beginnings, the street's in lower case; an empty one matches all. */
export async function findLines(tx: Tx, words: { house: string; street: string }): Promise<PremiseLine[]> {
  const { rows } = await sql<PremiseLine>`
    select ${lineColumns} from premises.premise
    where lower(street) like ${begins(words.street)} and house_number like ${begins(words.house)}
    order by lower(street), length(house_number), house_number, unit nulls first limit 10`.execute(tx)
  return rows
}

export async function lockPremise(tx: Tx, premiseId: PremiseId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from premises.premise where premise_id = ${premiseId} for update`.execute(tx)
  return rows.length > 0
}

type Change = { version: number; personId: PersonId; what: string }

/** False when somebody was faster. */
export async function updateAreaFacts(
  tx: Tx,
  premiseId: PremiseId,
  facts: AreaFacts & Change,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update premises.premise set class = ${facts.class}, dwelling_units = ${facts.dwellingUnits},
      lot_sqft = ${facts.lotSqft}, irrigated_sqft = ${facts.irrigatedSqft}, has_pool = ${facts.hasPool},
      version = version + 1, changed_at = now(), changed_by = ${facts.personId}, changed_what = ${facts.what}
    where premise_id = ${premiseId} and version = ${facts.version}`.execute(tx)
  return numAffectedRows === 1n
}

export async function updatePoint(
  tx: Tx,
  servicePointId: ServicePointId,
  next: { locationNote: string | null; turnOffPoints: readonly TurnOffPoint[]; state: PointState } & Change,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update premises.service_point set location_note = ${next.locationNote},
      turn_off_points = ${next.turnOffPoints}::text[], state = ${next.state},
      version = version + 1, changed_at = now(), changed_by = ${next.personId}, changed_what = ${next.what}
    where service_point_id = ${servicePointId} and version = ${next.version}`.execute(tx)
  return numAffectedRows === 1n
}

export async function findPremiseOfPoint(tx: Tx, servicePointId: ServicePointId): Promise<PremiseId | null> {
  const { rows } = await sql<{ premiseId: PremiseId }>`
    select premise_id as "premiseId" from premises.service_point
    where service_point_id = ${servicePointId} for update`.execute(tx)
  return rows[0]?.premiseId ?? null
}

export type NeighbourPoint = ServiceAddress & { servicePointId: ServicePointId; premiseId: PremiseId }

/** The points read just before and after this one on the reader's way, two on each side: a range of the book's index. */
export async function listNeighbourPoints(tx: Tx, servicePointId: ServicePointId): Promise<NeighbourPoint[]> {
  const { rows } = await sql<NeighbourPoint>`
    select n.service_point_id as "servicePointId", n.premise_id as "premiseId", p.house_number as "houseNumber",
      p.street, p.unit, p.city, p.state, p.zip
    from premises.service_point here cross join lateral (
      (select s.* from premises.service_point s
        where s.book_id = here.book_id and s.sequence < here.sequence and s.service <> 'sewer'
        order by s.sequence desc limit 2)
      union all
      (select s.* from premises.service_point s
        where s.book_id = here.book_id and s.sequence > here.sequence and s.service <> 'sewer'
        order by s.sequence limit 2)) n
    join premises.premise p on p.premise_id = n.premise_id
    where here.service_point_id = ${servicePointId}`.execute(tx)
  return rows
}

export async function insertHazard(
  tx: Tx,
  hazard: { premiseId: PremiseId; kind: HazardKind; note: string; personId: PersonId; expiresOn: LocalDate },
): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    insert into premises.hazard (premise_id, kind, note, noted_by, expires_on)
    values (${hazard.premiseId}, ${hazard.kind}, ${hazard.note}, ${hazard.personId}, ${hazard.expiresOn})
    returning hazard_id as id`.execute(tx)
  return rows[0]!.id
}

export async function getHazard(tx: Tx, premiseId: PremiseId, hazardId: bigint) {
  const { rows } = await sql<{ kind: HazardKind; note: string; expiresOn: LocalDate; isEnded: boolean }>`
    select kind, note, expires_on as "expiresOn", ended_at is not null as "isEnded" from premises.hazard
    where premise_id = ${premiseId} and hazard_id = ${hazardId} for update`.execute(tx)
  return rows[0] ?? null
}

export async function updateHazardEnded(
  tx: Tx,
  end: { premiseId: PremiseId; hazardId: bigint; personId: PersonId; reason: string },
): Promise<void> {
  await sql`
    update premises.hazard set ended_at = now(), ended_by = ${end.personId}, ended_reason = ${end.reason}
    where premise_id = ${end.premiseId} and hazard_id = ${end.hazardId}`.execute(tx)
}

/** Whoever is served at this address on a day or after it, and whoever owns it then. */
export async function listCustomers(tx: Tx, premiseId: PremiseId, since: LocalDate): Promise<CustomerId[]> {
  const { rows } = await sql<{ customerId: CustomerId }>`
    select customer_id as "customerId" from premises.list_customers(${premiseId}, ${since})`.execute(tx)
  return rows.map(row => row.customerId)
}

export type NewAreaChange = {
  readonly premiseId: PremiseId
  readonly fromOn: LocalDate
  readonly starts: 'next-bill' | 'first-complete-cycle' | 'approval-date'
  readonly irrigatedSqft: number
  readonly beforeSqft: number
  readonly source: string
  readonly at: Instant
  readonly by: PersonId
}

export async function insertAreaChange(tx: Tx, change: NewAreaChange): Promise<bigint> {
  const { premiseId, fromOn, starts, irrigatedSqft, beforeSqft, source, at, by } = change
  const { rows } = await sql<{ id: bigint }>`
    insert into premises.area_change
      (premise_id, from_on, starts, irrigated_sqft, before_sqft, source, noted_at, noted_by)
    values (${premiseId}, ${fromOn}, ${starts}, ${irrigatedSqft}, ${beforeSqft}, ${source}, ${at}, ${by})
    returning area_change_id as id`.execute(tx)
  return rows[0]!.id
}

export type AreaChangeRow = {
  premiseId: PremiseId
  areaChangeId: bigint
  fromOn: LocalDate
  starts: NewAreaChange['starts']
  sqft: number
  beforeSqft: number
}

export async function listAreaChanges(tx: Tx, premiseIds: readonly PremiseId[]): Promise<AreaChangeRow[]> {
  const { rows } = await sql<AreaChangeRow>`
    select premise_id as "premiseId", area_change_id as "areaChangeId", from_on as "fromOn", starts,
      irrigated_sqft as sqft, before_sqft as "beforeSqft"
    from premises.area_change where premise_id = any(${premiseIds}::bigint[])
    order by from_on, area_change_id`.execute(tx)
  return rows
}

/** What a batch of reads must know of its places. */
export type PointFacts = {
  servicePointId: ServicePointId
  premiseId: PremiseId
  service: PointService
  class: AreaFacts['class']
  bookId: number | null
  bookCode: string | null
  sequence: number | null
}

export async function listPointFacts(tx: Tx, points: readonly ServicePointId[]): Promise<PointFacts[]> {
  const { rows } = await sql<PointFacts>`
    select s.service_point_id as "servicePointId", s.premise_id as "premiseId", s.service, m.class,
      s.book_id as "bookId", b.code as "bookCode", s.sequence
    from premises.service_point s
    join premises.premise m on m.premise_id = s.premise_id
    left join premises.book b on b.book_id = s.book_id
    where s.service_point_id = any(${points}::bigint[])`.execute(tx)
  return rows
}

export type BookFacts = { bookId: number; code: string; name: string; cycleDay: number }

export async function listBooks(tx: Tx): Promise<BookFacts[]> {
  const { rows } = await sql<BookFacts>`
    select book_id as "bookId", code, name, cycle_day as "cycleDay" from premises.book order by code`.execute(
    tx,
  )
  return rows
}

export async function listPointsOfBook(tx: Tx, bookId: number): Promise<ServicePointId[]> {
  const { rows } = await sql<{ id: ServicePointId }>`
    select service_point_id as id from premises.service_point where book_id = ${bookId} order by sequence`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/** The first of these that is an address of the district, as it is written there; null for none. */
export async function findAddress(tx: Tx, typed: readonly AddressWords[]): Promise<string | null> {
  if (typed.length === 0) return null
  const { rows } = await sql<{ address: string }>`
    select p.house_number || ' ' || p.street as address
    from jsonb_to_recordset(${JSON.stringify(typed)}::jsonb) t(house text, word text)
    join premises.premise p on p.house_number = t.house
      and strpos(' ' || lower(p.street) || ' ', ' ' || t.word || ' ') > 0
    limit 1`.execute(tx)
  return rows[0]?.address ?? null
}
