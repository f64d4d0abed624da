/** Who is served at an address on a date, and what must be decided before somebody starts. */
import { daysBetween } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, PremiseId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { listCustomerNames } from '../../customers/index.ts'
import { getPremiseCard } from '../../premises/index.ts'
import type { accounts } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { type Stay, standingOn } from '../domain/occupancy.ts'
import { findOwner, listOccupancies } from '../store/occupancy.ts'
import { staysOf } from './stays.ts'

type Situation = Output<typeof accounts.getOccupancy>

export async function getOccupancy(ctx: Ctx, input: Input<typeof accounts.getOccupancy>): Promise<Situation> {
  const { premiseId } = input
  const onDate = input.onDate ?? ctx.today
  const premise = await getPremiseCard(ctx, premiseId)
  if (premise.servicePoints.length === 0) throw refuse(errors, 'accounts.no-service-point')
  const owner = await findOwner(ctx.tx, premiseId, ctx.today)
  const stays = staysOf(
    await listOccupancies(
      ctx.tx,
      premise.servicePoints.map(point => point.servicePointId),
    ),
  )
  const { prior, previous, next } = standingOn(stays, onDate)
  const people = [prior, previous, next].flatMap(stay => (stay ? [stay.customerId] : []))
  const names = await listCustomerNames(ctx, owner ? [...people, owner.customerId] : people)
  const seesProtected = may(ctx, 'customers.see-protected')
  type Known = Pick<Stay, 'customerId'>
  // an address is public: whoever is hidden behind it must not be found by its number either (PRV-019)
  const isHidden = (who: Known) => (names.get(who.customerId)?.isProtected ?? false) && !seesProtected
  const nameOf = (who: Known) => (isHidden(who) ? 'Somebody' : (names.get(who.customerId)?.name ?? ''))
  const gapDays = previous && !prior ? daysBetween(previous.to!, onDate) : 0
  return {
    premiseId,
    address: `${premise.line}, ${premise.cityLine}`,
    onDate,
    occupant: prior && {
      accountId: isHidden(prior) ? null : prior.accountId,
      name: nameOf(prior),
      fromOn: isHidden(prior) ? null : prior.from,
      toOn: prior.to,
    },
    previous: previous && !prior ? { name: nameOf(previous), toOn: previous.to!, gapDays } : null,
    next: next && { name: nameOf(next), fromOn: isHidden(next) ? null : next.from },
    owner: owner && {
      customerId: isHidden(owner) ? null : owner.customerId,
      name: nameOf(owner),
      onTenantStop: owner.onTenantStop,
    },
    points: premise.servicePoints.map(({ servicePointId, service, state }) => ({
      servicePointId,
      service,
      state,
    })),
    decisions: [
      ...(prior?.to === null ? (['prior-stop'] as const) : []),
      ...(gapDays > 0 ? (['gap'] as const) : []),
    ],
  }
}

/** Who has been served at an address, newest first, for other departments. */
export async function listStays(ctx: Ctx, premiseId: PremiseId): Promise<Stay[]> {
  const premise = await getPremiseCard(ctx, premiseId)
  const rows = await listOccupancies(
    ctx.tx,
    premise.servicePoints.map(point => point.servicePointId),
  )
  return staysOf(rows).sort((a, b) => (a.from < b.from ? 1 : -1))
}

/** Is this account served at the address today? */
export async function isServedAt(ctx: Ctx, accountId: AccountId, premiseId: PremiseId): Promise<boolean> {
  const stays = await listStays(ctx, premiseId)
  return stays.some(
    stay =>
      stay.accountId === accountId && stay.from <= ctx.today && (stay.to === null || stay.to > ctx.today),
  )
}
