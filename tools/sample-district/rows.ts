/** One premise's story as rows of every department. Ids are derived from the premise's place, so chunks need no order. */
import { addMonths } from '@curbstop/kernel/dates'
import { accountNumberOf, idsOf, type OccupantIds, range } from './ids.ts'
import { addOwner, addSearch } from './owner-and-search.ts'
import type { Occupant } from './place.ts'
import type { RowContext } from './row-context.ts'
import type { Story } from './story.ts'

const system = 1n
const rateClassOf = {
  'single-family': 'RESIDENTIAL_SINGLE',
  'multi-family': 'RESIDENTIAL_MULTI',
  commercial: 'COMMERCIAL',
  irrigation: 'IRRIGATION',
  institutional: 'COMMERCIAL',
  fire: 'FIRE_SERVICE',
} as const
const accountClassOf = {
  'single-family': 'residential',
  'multi-family': 'multi-family',
  commercial: 'commercial',
  irrigation: 'irrigation',
  institutional: 'institutional',
  fire: 'fire',
} as const
const sewerClassOf = { 'single-family': 'RESIDENTIAL_SINGLE', 'multi-family': 'RESIDENTIAL_MULTI' } as const

export const waterService = (story: Story) =>
  story.premise.class === 'irrigation' ? 'irrigation' : story.premise.class === 'fire' ? 'fire' : 'water'
export const waterClass = (story: Story): string => rateClassOf[story.premise.class]
export const sewerClass = (story: Story): string =>
  (sewerClassOf as Partial<Record<string, string>>)[story.premise.class] ?? 'COMMERCIAL'

export function addPremise(context: RowContext, story: Story): void {
  const { rows, today } = context
  const { premise: p, installations, reads, situation } = story
  const ids = idsOf(p.index)
  rows['premises.premise'].push([
    p.premiseId,
    p.houseNumber,
    p.street,
    null,
    p.city,
    'CA',
    p.zip,
    p.class,
    p.dwellingUnits,
    p.lotSqft,
    p.irrigatedSqft,
    p.hasPool,
    p.zone,
    p.builtOn,
  ])
  const point = (id: bigint, service: string, note: string | null) =>
    rows['premises.service_point'].push([
      id,
      p.premiseId,
      service,
      service === 'sewer' ? null : p.bookId,
      p.sequence,
      note,
    ])
  point(ids.waterPoint, waterService(story), story.random.chance(0.2) ? 'left of the driveway' : null)
  if (p.hasSewer) point(ids.sewerPoint, 'sewer', null)
  if (situation?.hazard) {
    const { kind, note } = situation.hazard
    rows['premises.hazard'].push([
      p.premiseId,
      p.premiseId,
      kind,
      note,
      `${addMonths(today, -4)}T17:00:00Z`,
      16n,
      addMonths(today, 8),
    ])
  }
  installations.forEach((installation, at) => {
    const meterId = ids.meter(at)
    const { meter } = installation
    rows['metering.meter'].push([meterId, meter.serial, meter.make, meter.size, meter.kind, meter.madeOn])
    rows['metering.register'].push([meterId, 1, meter.unit, meter.dials, '1'])
    rows['metering.installation'].push([
      ids.waterPoint,
      meterId,
      range(installation.fromOn, installation.toOn),
      `{${installation.inValue}}`,
      installation.outValue === null ? null : `{${installation.outValue}}`,
      16n,
    ])
  })
  reads.forEach((read, at) => {
    rows['metering.read'].push([
      ids.meter(read.meter),
      1,
      ids.read(at),
      read.on,
      read.value,
      read.kind,
      read.kind === 'estimated'
        ? 'system'
        : installations[read.meter]!.meter.kind === 'ultrasonic'
          ? 'ami'
          : 'handheld',
      read.kind === 'estimated' ? 'estimated: no access' : null,
      read.passedZero,
      `${read.on}T19:00:00Z`,
    ])
  })
}

export function addOccupants(context: RowContext, story: Story): void {
  story.occupants.forEach((occupant, at) => {
    const ids = idsOf(story.premise.index).occupant(at)
    addCustomer(context, story, occupant, ids)
    addAccount(context, story, occupant, ids)
    addSearch(context, story, occupant, ids)
  })
  addOwner(context, story)
}

function addCustomer(
  { rows, secretsKey, digest, today }: RowContext,
  story: Story,
  occupant: Occupant,
  ids: OccupantIds,
): void {
  const { person } = occupant
  const customerId = ids.customer
  const since = occupant.openedOn
  rows['customers.customer'].push([
    customerId,
    person.kind,
    person.name,
    person.givenName,
    person.familyName,
    person.language,
    since,
  ])
  if (person.e164)
    rows['customers.phone'].push([
      customerId,
      customerId,
      person.e164,
      person.phoneKind,
      person.phoneKind === 'mobile',
      since,
    ])
  if (person.email) rows['customers.email'].push([customerId, customerId, person.email, since])
  const { situation, premise: p, random } = story
  const boxed = random.chance(0.06)
  rows['customers.mailing_address'].push([
    customerId,
    customerId,
    boxed ? `PO Box ${random.int(100, 999)}` : `${p.houseNumber} ${p.street}`,
    null,
    p.city,
    'CA',
    p.zip,
    since,
  ])
  const isLast = occupant === story.occupants.at(-1)
  const secret = (kind: string, text: string) =>
    rows['customers.secret'].push([
      customerId,
      kind,
      `\\x${digest(secretsKey, 'customers.secret', kind, customerId.toString(), text).toString('hex')}`,
      system,
    ])
  if (random.chance(0.6)) secret('id-last4', String(random.int(1000, 9999)))
  if (!isLast) return
  if (situation?.pin) secret('pin', situation.pin)
  if (situation?.authorized) {
    const { name, relation, scopes } = situation.authorized
    rows['customers.authorized_contact'].push([
      customerId,
      customerId,
      name,
      relation,
      null,
      `{${scopes.join(',')}}`,
      'signed form on file',
      addMonths(today, -9),
      null,
    ])
  }
  if (situation?.protected) {
    secret('passphrase', situation.protected.passphrase)
    rows['customers.protection'].push([
      customerId,
      customerId,
      situation.protected.kind,
      'card of the programme seen at the counter',
      situation.protected.substitute,
      14n,
      15n,
    ])
  }
}

function addAccount({ rows, today }: RowContext, story: Story, occupant: Occupant, ids: OccupantIds): void {
  const { premise: p, situation, random } = story
  const { account, customer } = ids
  const number = accountNumberOf(account)
  const points = idsOf(p.index)
  rows['accounts.account'].push([
    account,
    number,
    customer,
    accountClassOf[p.class],
    p.bookId,
    occupant.openedOn,
    occupant.closedOn,
    12n,
  ])
  rows['accounts.account_number'].push([number, account, true, 'curbstop'])
  if (occupant === story.occupants.at(-1) && situation?.oldNumber) {
    rows['accounts.account_number'].push([situation.oldNumber, account, false, 'before 2019'])
  }
  const serve = (id: bigint, service: string, point: bigint, tariff: string, rateClass: string) => {
    rows['accounts.account_service'].push([
      account,
      id,
      service,
      point,
      p.premiseId,
      tariff,
      rateClass,
      occupant.openedOn,
      occupant.closedOn,
    ])
    rows['accounts.occupancy'].push([
      point,
      account,
      range(occupant.openedOn, occupant.closedOn),
      12n,
      `${occupant.openedOn}T18:00:00Z`,
    ])
  }
  serve(ids.waterServiceId, waterService(story), points.waterPoint, 'water', waterClass(story))
  if (p.hasSewer) serve(ids.sewerServiceId, 'sewer', points.sewerPoint, 'sewer', sewerClass(story))
  rows['accounts.household'].push([
    account,
    occupant.openedOn,
    occupant.persons,
    occupant.personsEvidence,
    12n,
  ])
  const later = occupant.personsLater
  if (later) rows['accounts.household'].push([account, later.fromOn, later.persons, later.evidence, 12n])
  if (random.chance(0.35))
    rows['accounts.enrolment'].push([account, account, 'ebill', occupant.openedOn, occupant.closedOn])
  if (situation?.alert && occupant === story.occupants.at(-1)) {
    rows['desk.alert'].push([
      account,
      account,
      situation.alert.tone,
      situation.alert.text,
      addMonths(today, -6),
      addMonths(today, 6),
      `${addMonths(today, -6)}T17:00:00Z`,
      13n,
    ])
  }
}
