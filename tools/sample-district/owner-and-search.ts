/** Rows beside an account: what finds it, and who owns the place. */
import { addDays } from '@curbstop/kernel/dates'
import { searchRows } from '../../server/src/modules/accounts/domain/search-rows.ts'
import { accountNumberOf, idsOf, type OccupantIds, range } from './ids.ts'
import type { Occupant } from './place.ts'
import type { RowContext } from './row-context.ts'
import type { Story } from './story.ts'

export function addSearch({ rows }: RowContext, story: Story, occupant: Occupant, ids: OccupantIds): void {
  const { premise: p, situation, installations } = story
  const isLast = occupant === story.occupants.at(-1)
  const { person } = occupant
  const found = searchRows({
    number: accountNumberOf(ids.account),
    oldNumbers: isLast && situation?.oldNumber ? [situation.oldNumber] : [],
    name: person.name,
    phones: person.e164 ? [person.e164] : [],
    emails: person.email ? [person.email] : [],
    addresses: [{ houseNumber: p.houseNumber, street: p.street, unit: null, city: p.city, zip: p.zip }],
    meterSerials: installations.map(i => i.meter.serial),
  })
  const isProtected = isLast && Boolean(situation?.protected)
  rows['accounts.search_document'].push([
    ids.account,
    found.number,
    found.name,
    found.address,
    found.haystack,
    isProtected,
    occupant.closedOn !== null,
  ])
  for (const { kind, term } of found.terms) rows['accounts.search_term'].push([ids.account, kind, term])
}

/** Most people own the house they live in; the rest rent, and the owner is on file. */
export function addOwner({ rows }: RowContext, story: Story): void {
  const { premise, random, situation, occupants } = story
  const ids = idsOf(premise.index)
  const rented = situation
    ? Boolean(situation.owner)
    : premise.class === 'single-family' && random.chance(0.28)
  const current = occupants.at(-1)!
  if (!rented) {
    const from = current.openedOn
    rows['accounts.premise_owner'].push([
      premise.premiseId,
      ids.occupant(occupants.length - 1).customer,
      range(from, null),
      'ask',
    ])
    return
  }
  const name =
    situation?.owner?.name ??
    `${random.pick(['Hillcrest', 'Parkside', 'Stonegate', 'Creekside'])} Rentals ${random.int(1, 60)}`
  const e164 = situation?.owner?.e164 ?? '+15305550250'
  rows['customers.customer'].push([
    ids.owner,
    situation?.owner ? 'person' : 'firm',
    name,
    situation?.owner?.givenName ?? null,
    situation?.owner?.familyName ?? null,
    'en',
    premise.builtOn,
  ])
  rows['customers.phone'].push([ids.owner, ids.owner, e164, 'work', false, premise.builtOn])
  const since = addDays(occupants[0]!.openedOn, -400)
  rows['accounts.premise_owner'].push([
    premise.premiseId,
    ids.owner,
    range(since, null),
    random.chance(0.5) ? 'revert' : 'ask',
  ])
}
