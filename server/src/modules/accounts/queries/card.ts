/** The account's card in four indexed statements: the account, its addresses, the names on it. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type AccountId, asId, type CustomerId, type PremiseId } from '@curbstop/kernel/ids'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/context.ts'
import { getCustomerCard, listCustomerNames } from '../../customers/index.ts'
import { listPremiseLines } from '../../premises/index.ts'
import type { accountCard, accounts } from '../contract/index.ts'
import { holdsAs, nextDates, statusOf } from '../domain/card.ts'
import { errors } from '../domain/errors.ts'
import { whyNotCancel } from '../domain/occupancy.ts'
import { findPersons } from '../store/accounts.ts'
import * as store from '../store/cards.ts'
import { type AccountLine, listLines } from '../store/lines.ts'
import { type ChangeId, type ChangeRow, findChange, listEstimated } from '../store/occupancy.ts'
import { listProtected } from '../store/search.ts'
import { fillCode } from './sentences.ts'

export type AccountCard = z.output<typeof accountCard>

/** Sealed or hidden: whoever may look behind a protection gives a reason first (PRV-019). */
async function isOpenTo(ctx: Ctx, customerId: CustomerId): Promise<boolean> {
  return (await getCustomerCard(ctx, customerId)).visibility === 'open'
}

/** Throws `accounts.missing`. Name and address are masked for those who may not see a protected customer (PRV-019). */
export async function getAccountCard(ctx: Ctx, accountId: AccountId): Promise<AccountCard> {
  const row = await store.findCard(ctx.tx, accountId, ctx.today)
  if (!row) throw refuse(errors, 'accounts.missing')
  const premiseIds = [...new Set(row.services.map(service => asId<'premise'>(service.premiseId)))]
  const owners = row.owners.map(owner => asId<'customer'>(owner.customerId))
  const lines = await listPremiseLines(ctx, premiseIds)
  const names = await listCustomerNames(ctx, [row.customerId, ...owners])
  const holder = names.get(row.customerId)
  const isMasked = (holder?.isProtected ?? false) && !(await isOpenTo(ctx, row.customerId))
  const namesOnly = new Map([...names].map(([id, { name }]) => [id, name]))
  return {
    accountId,
    number: row.number,
    oldNumbers: row.oldNumbers,
    customerId: row.customerId,
    customerName: holder?.name ?? '',
    isMasked,
    class: row.class,
    status: statusOf(row, ctx.today),
    openedOn: row.openedOn,
    closedOn: row.closedOn,
    version: row.version,
    cycle: {
      code: row.cycle.code,
      name: row.cycle.name,
      readDay: row.cycle.readDay,
      dueAfterDays: row.cycle.dueAfterDays,
    },
    next: nextDates(row.cycle, row, ctx.today),
    services: row.services.map(service => ({
      ...service,
      accountServiceId: asId<'account-service'>(service.accountServiceId),
      servicePointId: isMasked ? null : asId<'service-point'>(service.servicePointId),
      premiseId: isMasked ? null : asId<'premise'>(service.premiseId),
    })),
    tenures: isMasked
      ? []
      : premiseIds.map(premiseId => ({
          premiseId,
          address: addressOf(lines, premiseId),
          ...tenureOf(row, premiseId, namesOnly),
        })),
    household: row.household.map(one => ({ ...one, notedById: asId<'person'>(one.notedById) })),
    enrolments: row.enrolments.map(one => ({ ...one, enrolmentId: asId<'enrolment'>(one.enrolmentId) })),
    changes: row.changes.map(change => changeOf(ctx, change, isMasked)),
  }
}

type Lines = Awaited<ReturnType<typeof listPremiseLines>>

export function addressOf(lines: Lines, premiseId: PremiseId): string {
  const line = lines.get(premiseId)
  return line ? `${line.line}, ${line.cityLine}` : ''
}

function tenureOf(row: store.CardRow, premiseId: PremiseId, names: ReadonlyMap<CustomerId, string>) {
  const owner = row.owners.find(one => asId<'premise'>(one.premiseId) === premiseId)
  const customerId = owner ? asId<'customer'>(owner.customerId) : null
  return {
    holds: holdsAs(customerId, row.customerId),
    owner: customerId ? { customerId, name: names.get(customerId) ?? '' } : null,
    onTenantStop: owner?.onTenantStop ?? null,
  }
}

function changeOf(
  ctx: Ctx,
  change: store.CardRow['changes'][number],
  isMasked: boolean,
): AccountCard['changes'][number] {
  const { changeId, premiseId, otherAccountId, isPart, how, madeById, ...rest } = change
  const why = whyNotCancel(
    { onDate: change.onDate, isCancelled: change.cancelledAt !== null, isPart },
    ctx.today,
  )
  return {
    ...rest,
    changeId: asId<'occupancy-change'>(changeId),
    premiseId: isMasked ? null : asId<'premise'>(premiseId),
    otherAccountId: otherAccountId && !isMasked ? asId<'account'>(otherAccountId) : null,
    madeById: asId<'person'>(madeById),
    handOver: how,
    cannotCancel: why && fillCode(why.code, { on: why.on }),
  }
}

export async function getCard(
  ctx: Ctx,
  { accountId }: Input<typeof accounts.getAccountCard>,
): Promise<Output<typeof accounts.getAccountCard>> {
  return getAccountCard(ctx, accountId)
}

/** The account itself, for other departments; null when there is none. */
export async function findAccount(ctx: Ctx, accountId: AccountId): Promise<store.AccountRow | null> {
  return store.findAccount(ctx.tx, accountId)
}

/** People living there by the newest note; null when nobody ever asked. */
export async function getPersonsNoted(ctx: Ctx, accountId: AccountId): Promise<number | null> {
  return findPersons(ctx.tx, accountId)
}

/** Accounts of a customer, open ones first. */
export async function listAccountsOf(ctx: Ctx, customerId: CustomerId): Promise<store.AccountRow[]> {
  return store.listAccountsOfCustomer(ctx.tx, customerId)
}

/** Services of an account, ended ones too, with their dates. */
export async function listAccountServices(ctx: Ctx, accountId: AccountId): Promise<store.ServedRow[]> {
  return store.listServices(ctx.tx, accountId)
}

/** One start, stop or transfer with its hand-over, for those who carry it out; null when there is none. */
export async function getOccupancyChange(
  ctx: Ctx,
  accountId: AccountId,
  changeId: ChangeId,
): Promise<ChangeRow | null> {
  return findChange(ctx.tx, accountId, changeId)
}

/** Hand-overs settled by an estimate whose day has come since `from`, for those who make the estimate. */
export async function listEstimatesDue(
  ctx: Ctx,
  from: LocalDate,
): Promise<{ accountId: AccountId; changeId: ChangeId }[]> {
  return listEstimated(ctx.tx, from, ctx.today)
}

/** Those of the accounts whose customer is protected now; lists of other departments mask by it (PRV-019). */
export async function listProtectedAccounts(
  ctx: Ctx,
  accountIds: readonly AccountId[],
): Promise<ReadonlySet<AccountId>> {
  return accountIds.length === 0 ? new Set() : listProtected(ctx.tx, accountIds)
}

/** Numbers and names for lists of other departments. A protected customer is in none of them (PRV-019). */
export async function listAccountLines(
  ctx: Ctx,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, AccountLine>> {
  if (accountIds.length === 0) return new Map()
  const rows = await listLines(ctx.tx, [...new Set(accountIds)])
  return new Map(rows.filter(row => !row.isProtected).map(row => [row.accountId, row]))
}
