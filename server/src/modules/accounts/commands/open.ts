/** Opens an account at an address: the account, its services, its occupancies. Used by starts and by owners. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, CustomerId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { RuleBook } from '../../policy/index.ts'
import { ruleOf } from '../../policy/index.ts'
import { findCycle, insertAccount, insertService, type LastTerms, listLastTerms } from '../store/accounts.ts'
import type { AccountClass, Service } from '../store/cards.ts'
import { type ChangeId, insertOccupancies } from '../store/occupancy.ts'
import { listMeterTermsAt } from '../store/search-index.ts'
import { type Place, pointIdsOf } from './place.ts'
import { reindexAccount } from './reindex.ts'

const classOf: Readonly<Record<Place['premise']['class'], AccountClass>> = {
  'single-family': 'residential',
  'multi-family': 'multi-family',
  commercial: 'commercial',
  irrigation: 'irrigation',
  institutional: 'institutional',
  fire: 'fire',
}

type Terms = { readonly tariff: string; readonly rateClass: string }
type TermsRule = Record<string, { tariff: string; classes: Record<string, string> }>

/** What the point had before, else by service and class of the premise (ACC-103). */
function termsOf(book: RuleBook, service: Service, place: Place, last: LastTerms | undefined): Terms {
  if (last) return { tariff: last.tariff, rateClass: last.rateClass }
  const rule = (ruleOf(book, 'ACC-103').value as TermsRule)[service]
  const rateClass = rule?.classes[place.premise.class] ?? rule?.classes['*']
  if (!rule || !rateClass)
    throw new Error(`policy ACC-103 says nothing of ${service} at ${place.premise.class}`)
  return { tariff: rule.tariff, rateClass }
}

export type Opening = {
  readonly customerId: CustomerId
  readonly from: LocalDate
  /** An owner's time between two tenants ends when the next one starts. */
  readonly to: LocalDate | null
  readonly changeId: ChangeId
}

/** A rehearsal's number is given back and the real account gets the next one, so a rehearsal names none (decision 013). */
export const nameOfNew = (ctx: Ctx, number: string): string =>
  ctx.rehearses ? 'a new account' : `the new account ${number}`

export async function openAccount(
  ctx: Ctx,
  place: Place,
  opening: Opening,
): Promise<{ accountId: AccountId; number: string }> {
  const { customerId, from, to, changeId } = opening
  const points = pointIdsOf(place)
  const last = await listLastTerms(ctx.tx, points)
  const meters = await listMeterTermsAt(ctx.tx, points)
  const cycleId = await findCycle(ctx.tx, {
    likeAccount: last[0]?.accountId ?? null,
    readDay: place.points.find(point => point.book)?.book?.cycleDay ?? 1,
  })
  if (cycleId === null) throw new Error('the district has no billing cycle')
  const personId = ctx.actor.personId
  const account = await insertAccount(ctx.tx, {
    customerId,
    class: classOf[place.premise.class],
    cycleId,
    openedOn: from,
    closedOn: to,
    personId,
  })
  for (const { servicePointId, service } of place.points) {
    const terms = termsOf(
      place.book,
      service,
      place,
      last.find(row => row.servicePointId === servicePointId),
    )
    await insertService(ctx.tx, account.accountId, {
      service,
      servicePointId,
      premiseId: place.premise.premiseId,
      ...terms,
      fromOn: from,
      toOn: to,
    })
  }
  await insertOccupancies(ctx.tx, {
    accountId: account.accountId,
    points,
    from,
    to,
    changeId,
    personId,
    at: ctx.now,
  })
  await reindexAccount(ctx, account.accountId, meters)
  ctx.audit({
    subject: `account:${account.accountId}`,
    account: account.accountId,
    after: { number: account.number, customer: customerId, premise: place.premise.premiseId, from, to },
  })
  ctx.tell({
    name: 'accounts.service-started',
    account: account.accountId,
    subject: { changeId, premise: place.premise.premiseId },
  })
  return account
}
