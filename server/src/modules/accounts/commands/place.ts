/** The address of a change as it stands, held until the change commits: points, who is there, owner, limits. */
import { refuse } from '@curbstop/kernel/errors'
import type { PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { getRuleBook, numberOf, type RuleBook } from '../../policy/index.ts'
import { getPremiseCard, type PremiseCard } from '../../premises/index.ts'
import { errors } from '../domain/errors.ts'
import type { DateLimits, Owner, Stay } from '../domain/occupancy.ts'
import { staysOf } from '../queries/stays.ts'
import { findOwner, lockOccupancies } from '../store/occupancy.ts'

export type Place = {
  readonly premise: PremiseCard
  readonly points: readonly PremiseCard['servicePoints'][number][]
  readonly stays: readonly Stay[]
  readonly owner: Owner | null
  readonly limits: DateLimits
  readonly windowDays: number
  readonly book: RuleBook
}

/** Throws premises.unknown, accounts.no-service-point, accounts.foreign-point. */
export async function lockPlace(
  ctx: Ctx,
  premiseId: PremiseId,
  wanted?: readonly ServicePointId[],
): Promise<Place> {
  const [premise, owner, book] = [
    await getPremiseCard(ctx, premiseId),
    await findOwner(ctx.tx, premiseId, ctx.today),
    await getRuleBook(ctx),
  ]
  const all = premise.servicePoints
  if (all.length === 0) throw refuse(errors, 'accounts.no-service-point', {}, 'premiseId')
  if (wanted?.some(id => !all.some(point => point.servicePointId === id)))
    throw refuse(errors, 'accounts.foreign-point', {}, 'servicePointIds')
  const points = wanted ? all.filter(point => wanted.includes(point.servicePointId)) : all
  const occupancies = await lockOccupancies(
    ctx.tx,
    points.map(point => point.servicePointId),
  )
  return {
    premise,
    points,
    owner,
    book,
    stays: staysOf(occupancies),
    limits: { today: ctx.today, back: numberOf(book, 'ACC-101'), ahead: numberOf(book, 'ACC-102') },
    windowDays: numberOf(book, 'ACC-104'),
  }
}

export const pointIdsOf = (place: Place): ServicePointId[] => place.points.map(point => point.servicePointId)
