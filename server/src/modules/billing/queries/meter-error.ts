/** What a meter test comes to on an account: its bills gathered, rated again, and whose word it takes. */
import { addDays, addMonths, type LocalDate, localDateAt, maxDate, minDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, BillId, Id } from '@curbstop/kernel/ids'
import { sum } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'
import type { Ctx } from '../../../platform/context.ts'
import { type AccountCard, getAccountCard, listAccountServices } from '../../accounts/index.ts'
import { decideMeterTest } from '../../metering/domain/meter-tests/decide.ts'
import type { MeterTestDecision } from '../../metering/domain/meter-tests/meter-test.ts'
import { getMeterTestRules, getTested, getUsageStory, type TestedMeter } from '../../metering/index.ts'
import { getCalendar, getDistrict, nextOpenDay } from '../../policy/index.ts'
import { findPerson, listAuthority } from '../../staff/index.ts'
import { errors } from '../domain/errors.ts'
import { actionOf, type Word, wordOf } from '../domain/meter-authority.ts'
import {
  type CorrectedBill,
  correctBills,
  type MeasuredBill,
  periodOfBill,
  totalCents,
  usualGallons,
} from '../domain/meter-error.ts'
import type { StoredSegment } from '../domain/stored.ts'
import * as kept from '../store/meter-errors.ts'
import type { BillRow } from '../store.ts'
import * as store from '../store.ts'
import { loadLibrary } from './loaded.ts'

export type TestId = Id<'meter-test'>
const homes: readonly AccountCard['class'][] = ['residential', 'multi-family']
/** As far back as tampering reaches (MTR-016), and a year before it for what was usual. */
const billsMost = 60

export type Worked = {
  readonly account: AccountCard
  readonly tested: TestedMeter
  readonly decision: MeterTestDecision | null
  readonly bills: readonly CorrectedBill[]
  readonly cents: bigint
  readonly outcome: 'none' | 'refund' | 'back-bill'
  readonly unit: BillUnit
  readonly billedToOn: LocalDate | null
  readonly feeCents: bigint
  readonly dueOn: LocalDate | null
  readonly word: Word
  readonly proposal: kept.ProposalRow | null
  readonly corrections: readonly kept.CorrectionRow[]
}

/** Throws accounts.missing, metering.no-test, billing.meter-not-theirs. */
export async function workOut(
  ctx: Ctx,
  { accountId, testId }: { readonly accountId: AccountId; readonly testId: TestId },
): Promise<Worked> {
  const account = await getAccountCard(ctx, accountId)
  const tested = await getTested(ctx, testId)
  const { billUnit: unit } = await getDistrict(ctx)
  const measured = await measuredBills(ctx, accountId, tested)
  const corrections = await kept.listCorrections(ctx.tx, accountId)
  const decision = await decide(ctx, account, { tested, measured: measured.bills })
  // what an earlier test settled is never corrected again; what this one settled is shown as it was
  const corrected = new Set<BillId>(
    await kept.listCorrectedBills(ctx.tx, accountId, tested.standing?.resultId ?? null),
  )
  const { versionsOf } = await loadLibrary(ctx, measured.rows)
  const how = { unit, versionsOf, corrected }
  const bills = decision ? correctBills(measured.bills, decision.periods, how) : []
  const cents = totalCents(bills)
  const { standing, test } = tested
  const isAsker = test.accountId === accountId && test.feeCents > 0n
  const proposal = standing ? await kept.findProposal(ctx.tx, accountId, standing.resultId) : null
  return {
    ...{ account, tested, decision, bills, cents, unit, proposal, corrections },
    outcome: cents === 0n ? 'none' : cents < 0n ? 'refund' : 'back-bill',
    billedToOn: measured.rows[0]?.toOn ?? null,
    feeCents: isAsker && decision?.fee === 'returned' ? test.feeCents : 0n,
    dueOn: cents > 0n ? await dueOnOf(ctx, decision?.offer?.instalments ?? 1) : null,
    word: await readWord(ctx, { cents, proposal, corrections }),
  }
}

/** By the rules of the day on which the result was judged. */
async function decide(
  ctx: Ctx,
  account: AccountCard,
  { tested, measured }: { tested: TestedMeter; measured: readonly MeasuredBill[] },
): Promise<MeterTestDecision | null> {
  const { test, standing, installedOn } = tested
  if (!standing) return null
  const rules = await getMeterTestRules(ctx, localDateAt(new Date(standing.enteredAt), ctx.timeZone))
  const own = measured.flatMap(bill => bill.segments.slice(0, 1))
  const errorBegan = standing.provenFromOn ?? addMonths(standing.testedOn, -rules.tamperingMonths)
  const periods = measured.map(bill =>
    periodOfBill(bill, usualGallons(bill.segments[0]!, own, maxDate(bill.fromOn, errorBegan))),
  )
  return decideMeterTest(
    {
      meter: { size: test.size, kind: test.kind, repaired: standing.isRepaired },
      runs: standing.runs,
      testedOn: standing.testedOn,
      requestedByCustomer: test.askedBy === 'customer',
      provenFromOn: standing.provenFromOn,
      cause: standing.cause,
      customer: homes.includes(account.class) ? 'residential' : 'other',
      installedOn,
      periods,
    },
    rules,
  )
}

/** Bills of this account whose water this meter measured, oldest first. Throws billing.meter-not-theirs. */
async function measuredBills(
  ctx: Ctx,
  accountId: AccountId,
  { test, installedOn, removedOn }: TestedMeter,
): Promise<{ rows: readonly BillRow[]; bills: readonly MeasuredBill[] }> {
  const services = await listAccountServices(ctx, accountId)
  const own = services.find(one => one.servicePointId === test.servicePointId)
  if (!own) throw refuse(errors, 'billing.meter-not-theirs')
  const premiseOf = new Map(services.map(one => [one.accountServiceId, one.premiseId]))
  const isFollower = (segment: StoredSegment) =>
    segment.service === 'sewer' &&
    own.service === 'water' &&
    segment.usageUnits !== null &&
    premiseOf.get(segment.accountServiceId) === own.premiseId
  const rows = await store.listBills(ctx.tx, accountId, { limit: billsMost })
  const { usage } = await getUsageStory(ctx, [test.servicePointId], {
    from: rows.at(-1)?.fromOn ?? ctx.today,
  })
  const stretches = (usage.get(test.servicePointId) ?? [])
    .flatMap(period => period.stretches)
    .filter(one => one.meterId === test.meterId)
  const bills = rows.flatMap(bill => {
    const main = bill.segments.find(
      one => one.servicePointId === test.servicePointId && one.usageUnits !== null,
    )
    if (!main || main.toOn <= installedOn || (removedOn !== null && main.fromOn >= removedOn)) return []
    const fromOn = maxDate(main.fromOn, installedOn)
    const toOn = removedOn === null ? main.toOn : minDate(main.toOn, removedOn)
    const isAlone = main.reads.every(read => read.serial === test.serial)
    const part = stretches.filter(one => one.fromOn >= fromOn && one.toOn <= toOn)
    const gallons = isAlone
      ? Number(main.usageGallons ?? 0n)
      : part.reduce((all, one) => all + (one.gallons ?? 0), 0)
    const segments = [main, ...bill.segments.filter(isFollower)]
    return [
      {
        billId: bill.billId,
        fromOn: bill.fromOn,
        toOn: bill.toOn,
        measured: { fromOn, toOn, gallons },
        segments,
      },
    ]
  })
  return { rows, bills: bills.reverse() }
}

/** MTR-018: the whole of it is due when the last instalment would be, so that no late fee can meet it before. */
async function dueOnOf(ctx: Ctx, instalments: number): Promise<LocalDate> {
  const last = addMonths(ctx.today, instalments)
  return nextOpenDay(await getCalendar(ctx, last, 30), last)
}

type OfMoney = Pick<Worked, 'cents' | 'proposal' | 'corrections'>

async function readWord(ctx: Ctx, { cents, proposal, corrections }: OfMoney): Promise<Word> {
  const since = addDays(ctx.today, -30)
  const recent = corrections.filter(
    one =>
      one.reversed === null &&
      one.decidedById === ctx.actor.personId &&
      one.cents > 0n === cents > 0n &&
      localDateAt(new Date(one.decidedAt), ctx.timeZone) >= since,
  )
  const isOthers =
    proposal !== null && proposal.cents === cents && proposal.proposedById !== ctx.actor.personId
  const proposer = isOthers ? await findPerson(ctx, proposal.proposedById) : null
  return wordOf({
    cents,
    recentCents: sum(recent.map(one => one.cents)),
    level: ctx.actor.level,
    limits: await listAuthority(ctx, actionOf(cents)),
    proposedBy: proposer && { level: proposer.level },
  })
}
