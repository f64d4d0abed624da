/** The walk of a book as the handheld wants it: who is read, where to look, what to mind, what would be usual. */
import { dayNumber } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { listAccountLines, listOccupantsAt } from '../../accounts/index.ts'
import { getDistrict, getRuleBook } from '../../policy/index.ts'
import {
  listPointFacts,
  listPointsOfBook,
  listPremiseCards,
  type PointFacts,
  type PremiseCard,
} from '../../premises/index.ts'
import type { metering } from '../contract/index.ts'
import { type HistoryBook, historyOf } from '../domain/loading/history.ts'
import { knownRegister, profileOf, standingOn } from '../domain/loading/known-register.ts'
import type { Occupant, PeersAt, RegisterRow } from '../domain/loading/place.ts'
import { presets, type RouteStop, writeRoutes, writeRoutesCsv } from '../domain/read-files/index.ts'
import { usualUse } from '../domain/validation/band.ts'
import { limitsOf, type ValidationLimits } from '../domain/validation/limits.ts'
import { gallonsPerDialUnit } from '../domain/validation/profile.ts'
import { listRegisters } from '../store/places.ts'
import { listSerialsAt } from '../store/rounds.ts'
import { peersOf } from './peers.ts'
import { findBook } from './rounds.ts'

type Ground = {
  readonly route: string
  readonly day: number
  readonly facts: ReadonlyMap<ServicePointId, PointFacts>
  readonly cards: ReadonlyMap<PremiseCard['premiseId'], PremiseCard>
  readonly occupants: ReadonlyMap<ServicePointId, readonly Occupant[]>
  readonly accounts: Awaited<ReturnType<typeof listAccountLines>>
  readonly book: HistoryBook
  readonly peersAt: PeersAt
  readonly limits: ValidationLimits
}

export async function getRouteFile(
  ctx: Ctx,
  { bookId, dueOn, format }: Input<typeof metering.getRouteFile>,
): Promise<Output<typeof metering.getRouteFile>> {
  const { code } = await findBook(ctx, bookId)
  const { shortName, name } = await getDistrict(ctx)
  const rows = (
    await listRegisters(ctx.tx, await listSerialsAt(ctx.tx, await listPointsOfBook(ctx, bookId), dueOn))
  ).filter(row => row.servicePointId !== null && row.removedDay === null)
  const ground = await groundOf(ctx, rows, { route: code, day: dayNumber(dueOn) })
  const stops = rows
    .map((row, stretch) => stopOf(row, stretch, ground))
    .sort((a, b) => Number(a.sequence) - Number(b.sequence))
  const pieces =
    format === 'csv'
      ? writeRoutesCsv(stops)
      : writeRoutes(presets[format]![0]!, stops, {
          company: shortName.slice(0, 4),
          companyName: name,
          on: dueOn,
        })
  return { name: `${code}-${dueOn}.${format === 'csv' ? 'csv' : 'txt'}`, text: [...pieces].join('') }
}

async function groundOf(
  ctx: Ctx,
  rows: readonly RegisterRow[],
  { route, day }: Pick<Ground, 'route' | 'day'>,
): Promise<Ground> {
  const points = rows.flatMap(row => row.servicePointId ?? [])
  const facts = await listPointFacts(ctx, points)
  const occupants = Map.groupBy(await listOccupantsAt(ctx, points), row => row.servicePointId)
  const served = [...occupants.values()].flatMap(rows => standingOn(rows, day).accountId ?? [])
  const cards = await listPremiseCards(ctx, [...new Set(facts.map(fact => fact.premiseId))])
  return {
    ...{ route, day, occupants },
    facts: new Map(facts.map(fact => [fact.servicePointId, fact])),
    cards: new Map(cards.map(card => [card.premiseId, card])),
    accounts: await listAccountLines(ctx, served),
    book: historyOf(rows),
    peersAt: await peersOf(ctx),
    limits: limitsOf(await getRuleBook(ctx)),
  }
}

/** Of a protected customer the walk has the address and neither number nor name (PRV-019). */
function stopOf(row: RegisterRow, stretch: number, ground: Ground): RouteStop {
  const facts = ground.facts.get(row.servicePointId!)!
  const card = ground.cards.get(facts.premiseId)!
  const occupants = ground.occupants.get(facts.servicePointId) ?? []
  const { accountId } = standingOn(occupants, ground.day)
  const account = accountId === null ? undefined : ground.accounts.get(accountId)
  const known = knownRegister({ row, facts, occupants, stretch, carried: null })
  const last = known.last?.value ?? Number(row.inValue ?? 0n)
  const point = card.servicePoints.find(one => one.servicePointId === facts.servicePointId)
  const mind = [...card.hazards.map(({ kind }) => kind.toUpperCase()), point?.locationNote ?? '']
  return {
    route: ground.route,
    sequence: String(facts.sequence ?? 0),
    account: account?.number ?? `SP${facts.servicePointId}`,
    name: account?.name.slice(0, 25) ?? '',
    address: card.line.slice(0, 20),
    comment: mind.filter(Boolean).join(' ').slice(0, 15),
    meter: row.serial,
    registerId: String(row.registerNo),
    dials: row.dials,
    previous: String(last),
    ...usualDials(known, last, ground),
  }
}

/** Between which values the dial would be usual: the handheld asks the reader to look again outside them. */
function usualDials(
  known: ReturnType<typeof knownRegister>,
  last: number,
  { day, book, peersAt, limits }: Ground,
): Pick<RouteStop, 'low' | 'high'> {
  const profile = profileOf(known, { day, reader: null }, { book, peersAt })
  const fromDay = known.last?.day ?? known.row.installedDay ?? day
  const step = gallonsPerDialUnit(profile.register)
  const band = usualUse(profile, { fromDay, toDay: day, resolution: step }, limits)
  if (!band) return { low: null, high: null }
  const days = Math.max(1, day - fromDay)
  const at = (gallonsPerDay: number) =>
    String((last + Math.round((gallonsPerDay * days) / step)) % 10 ** known.row.dials)
  return { low: at(band.low), high: at(band.high) }
}
