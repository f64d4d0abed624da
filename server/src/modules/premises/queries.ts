import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { asId, type PremiseId, type ServicePointId } from '@curbstop/kernel/ids'
import type { z } from 'zod'
import { type Ctx, once } from '../../platform/context.ts'
import type { premiseCard, premises } from './contract.ts'
import { formatAddress, type ServiceAddress } from './domain/address.ts'
import { errors } from './domain/errors.ts'
import * as store from './store.ts'

export type PremiseCard = z.output<typeof premiseCard>

/** Throws `premises.unknown`. */
export async function getPremiseCard(ctx: Ctx, premiseId: PremiseId): Promise<PremiseCard> {
  return cardOf(await readPremise(ctx, premiseId))
}

/** Cards of several premises in one statement; unknown ids are absent. */
export async function listPremiseCards(ctx: Ctx, premiseIds: readonly PremiseId[]): Promise<PremiseCard[]> {
  if (premiseIds.length === 0) return []
  return (await store.listCards(ctx.tx, premiseIds, ctx.today)).map(cardOf)
}

export async function readPremise(ctx: Ctx, premiseId: PremiseId): Promise<store.PremiseRow> {
  const cards = () => store.listCards(ctx.tx, [premiseId], ctx.today)
  const [row] = await once(ctx, `premises.card ${premiseId}`, cards)
  if (!row) throw refuse(errors, 'premises.unknown')
  return row
}

export function cardOf(row: store.PremiseRow): PremiseCard {
  const { line, cityLine } = formatAddress(row)
  return {
    premiseId: row.premiseId,
    address: addressOf(row),
    line,
    cityLine,
    class: row.class,
    dwellingUnits: row.dwellingUnits,
    lotSqft: row.lotSqft,
    irrigatedSqft: row.irrigatedSqft,
    hasPool: row.hasPool,
    etZone: row.etZone,
    builtOn: row.builtOn,
    version: row.version,
    servicePoints: row.servicePoints.map(({ changedAt: _, changedBy: __, changedWhat: ___, ...point }) => ({
      ...point,
      servicePointId: asId(point.servicePointId),
    })),
    hazards: row.hazards.map(one => ({ ...one, hazardId: asId(one.hazardId) })),
  }
}

function addressOf({ houseNumber, street, unit, city, state, zip }: ServiceAddress): ServiceAddress {
  return { houseNumber, street, unit, city, state, zip }
}

export type AreaChange = store.AreaChangeRow

/** How the watered area of these places changed, oldest first; a place that is not there never changed. */
export async function listAreaChanges(ctx: Ctx, premiseIds: readonly PremiseId[]): Promise<AreaChange[]> {
  return premiseIds.length === 0 ? [] : store.listAreaChanges(ctx.tx, premiseIds)
}

/** Addresses for lists, in one statement. Unknown ids are absent. */
export async function listPremiseLines(
  ctx: Ctx,
  premiseIds: readonly PremiseId[],
): Promise<Map<PremiseId, Output<typeof premises.findPremises>[number]>> {
  if (premiseIds.length === 0) return new Map()
  const rows = await store.listLines(ctx.tx, [...new Set(premiseIds)])
  return new Map(rows.map(row => [row.premiseId, lineOf(row)]))
}

function lineOf(row: store.PremiseLine) {
  const { line, cityLine } = formatAddress(row)
  return { premiseId: row.premiseId, line, cityLine, class: row.class }
}

export async function getPremise(ctx: Ctx, { premiseId }: Input<typeof premises.getPremise>) {
  return getPremiseCard(ctx, premiseId)
}

export async function findPremises(
  ctx: Ctx,
  { words }: Input<typeof premises.findPremises>,
): Promise<Output<typeof premises.findPremises>> {
  const match = /^(\d[\w/-]*)?\s*(.*)$/.exec(words.toLowerCase())
  const rows = await store.findLines(ctx.tx, {
    house: match?.[1]?.toUpperCase() ?? '',
    street: (match?.[2] ?? '').split(',')[0]!.trim(),
  })
  return rows.map(lineOf)
}

/** The meters beside this one on the reader's way, with their address line: where a mix-up would happen. */
export async function listNeighbourPoints(
  ctx: Ctx,
  servicePointId: ServicePointId,
): Promise<{ servicePointId: ServicePointId; line: string }[]> {
  const rows = await store.listNeighbourPoints(ctx.tx, servicePointId)
  return rows.map(row => ({ servicePointId: row.servicePointId, line: formatAddress(row).line }))
}

/** Service, class, book and place in the walk of many service points in one statement. */
export async function listPointFacts(
  ctx: Ctx,
  points: readonly ServicePointId[],
): Promise<store.PointFacts[]> {
  return points.length === 0 ? [] : store.listPointFacts(ctx.tx, points)
}

/** Read books with the day of the month on which each is read. */
export const listBooks = (ctx: Ctx): Promise<store.BookFacts[]> => store.listBooks(ctx.tx)

/** Service points of a book in the order of the walk. */
export const listPointsOfBook = (ctx: Ctx, bookId: number): Promise<ServicePointId[]> =>
  store.listPointsOfBook(ctx.tx, bookId)
