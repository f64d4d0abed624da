import { addDays, type LocalDate, minDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { MeterId, OrderId } from '@curbstop/kernel/ids'
import { type Ctx, systemActor } from '../../../platform/context.ts'
import { listAccountsAt, refuseOwnPlace } from '../../accounts/index.ts'
import { createTask } from '../../desk/index.ts'
import { getRuleBook, numberOf, type RuleBook, ruleOf } from '../../policy/index.ts'
import { getLimit } from '../../staff/index.ts'
import type { metering } from '../contract/index.ts'
import { decideReads, type RegisterValue } from '../domain/entry.ts'
import { errors } from '../domain/errors.ts'
import { checkUse, type Expected, expectedUse } from '../domain/expectation.ts'
import type { ReadId, ReadKind, UsagePeriod } from '../domain/periods.ts'
import { getBilling, standingReads } from '../queries.ts'
import type { InstallationRow } from '../store/meters.ts'
import * as meterStore from '../store/meters.ts'
import * as readStore from '../store/reads.ts'
import { listPeriodsAt } from './estimate.ts'
import { tellServed } from './tell.ts'

export type ReadToEnter = {
  readonly meterId: MeterId
  readonly readOn: LocalDate
  readonly values: readonly RegisterValue[]
  readonly kind: Extract<ReadKind, 'actual' | 'estimated' | 'customer' | 'final'>
  readonly source: readStore.ReadSource
  readonly note?: string | undefined
  readonly orderId?: OrderId
  /** The person was told what an unusual use means and keeps the read (VEE-011, VEE-013). */
  readonly knowsUnusual?: boolean | undefined
  /** It belongs to a change that is reviewed as a whole. */
  readonly isPart?: true
}
type ReadEntered = Output<typeof metering.enterRead>
type Unusual = {
  readonly found: { readonly period: UsagePeriod; readonly expected: Expected }
  readonly installation: InstallationRow
}
const unitNames = { ccf: 'CCF', kgal: 'kgal', kl: 'kL' } as const
const grouped = (value: number | string): string => String(value).replace(/\B(?=(\d{3})+(\.|$))/g, ',')

/**
 * Writes down what the dials of a meter showed on a day. What cannot be true is refused with a sentence; what is
 * unusual stands, and the answer says so.
 */
export async function enterRead(ctx: Ctx, entry: ReadToEnter): Promise<ReadEntered> {
  const { meterId, readOn, kind } = entry
  if (kind === 'estimated') await checkMayEstimate(ctx)
  const meter = await meterStore.lockMeter(ctx.tx, meterId)
  if (!meter) throw refuse(errors, 'metering.no-meter')
  const installation = pickInstallation(await meterStore.listInstallationsOf(ctx.tx, meterId), readOn)
  if (!installation)
    throw refuse(errors, 'metering.not-installed', { serial: meter.serial, readOn }, 'readOn')
  await refuseOwnPlace(ctx, [installation.servicePointId], minDate(readOn, ctx.today))
  const rules = await getRuleBook(ctx)
  const before = await listPeriodsAt(ctx, installation)
  const fromOn = before.findLast(period => period.toOn <= readOn)?.toOn ?? installation.installedOn
  const earlier = before.filter(period => period.toOn <= readOn)
  const expected = expectedUse({ periods: earlier, fromOn, toOn: readOn })
  const reads = standingReads(await readStore.listReadsOf(ctx.tx, meterId))
  const values = decideReads(entry, {
    today: ctx.today,
    installation,
    reads,
    expectedGallonsPerDay: expected?.gallonsPerDay ?? null,
    rolloverFactor: numberOf(rules, 'VEE-008'),
  })
  const written = await writeReads(ctx, entry, { values, installation })
  const period = (await listPeriodsAt(ctx, installation)).find(one => one.toOn === readOn) ?? null
  const checks = checksOf(period, expected, rules)
  if (period && expected && checks.some(one => one.check === 'high'))
    await askUnusual(ctx, entry, { found: { period, expected }, installation })
  return {
    meterId,
    reads: written,
    period,
    expectedGallons: expected?.gallons ?? null,
    expectedFrom: expected?.method ?? null,
    checks,
  }
}

/**
 * VEE-011: far over what was expected. Who types such a read is told what it means and says that they know; kept, it
 * is billing's to look at. What a machine or a finished order brings is kept and looked at in the same way.
 */
async function askUnusual(ctx: Ctx, entry: ReadToEnter, { found, installation }: Unusual): Promise<void> {
  const { period, expected } = found
  const { billUnit } = await getBilling(ctx)
  const facts = {
    units: grouped(period.units ?? '?'),
    unit: unitNames[billUnit],
    gallons: grouped(period.gallons!),
    days: period.days,
    expectedGallons: grouped(expected.gallons),
  }
  const isPerson = ctx.actor.personId !== systemActor.personId
  if (isPerson && !entry.knowsUnusual) throw refuse(errors, 'metering.read-unusual', facts, 'knowsUnusual')
  const { servicePointId, serial } = installation
  // whoever left that day used this water
  const since = addDays(minDate(entry.readOn, ctx.today), -1)
  const [accountId] = await listAccountsAt(ctx, [servicePointId], since)
  await createTask(ctx, {
    kind: 'exception',
    title: `Look at the read of ${entry.readOn}, meter ${serial}, before it is billed`,
    detail: `${facts.units} ${facts.unit} (${facts.gallons} gallons) in ${facts.days} days; about ${facts.expectedGallons} gallons were to be expected (VEE-011).`,
    ...(accountId ? { accountId } : {}),
    to: { queue: 'billing' },
    dueOn: ctx.today,
  })
}

async function checkMayEstimate(ctx: Ctx): Promise<void> {
  if (ctx.actor.personId === systemActor.personId) return
  if (!(await getLimit(ctx, 'estimated-read'))) throw refuse(errors, 'metering.estimate-not-allowed')
}

/** Where the meter hung that day: the one it was hung into when it changed places, else the nearest, for the sentence. */
export function pickInstallation(
  installations: readonly InstallationRow[],
  on: LocalDate,
): InstallationRow | null {
  const begun = installations.filter(i => i.installedOn <= on)
  return begun.at(-1) ?? installations[0] ?? null
}

async function writeReads(
  ctx: Ctx,
  { meterId, readOn, kind, source, note, orderId, isPart }: ReadToEnter,
  { values, installation }: { values: ReturnType<typeof decideReads>; installation: InstallationRow },
): Promise<{ registerNo: number; readId: ReadId }[]> {
  const readBy = ctx.actor.personId
  const read = { meterId, readOn, kind, source, readBy, orderId: orderId ?? null, note: note || null, values }
  const written = await readStore.insertReads(ctx.tx, read)
  const { servicePointId } = installation
  ctx.audit({
    subject: `meter:${meterId}`,
    ...(note ? { reason: note } : {}),
    after: { read: { readOn, kind, source, values, servicePointId } },
  })
  await tellServed(ctx, {
    name: 'metering.read-entered',
    servicePointId,
    on: readOn,
    subject: { meterId, servicePointId, readOn, kind },
    title: isPart ? null : `Read entered for ${readOn}, meter ${installation.serial}`,
  })
  return written
}

function checksOf(
  period: UsagePeriod | null,
  expected: Expected | null,
  rules: RuleBook,
): ReadEntered['checks'] {
  if (!period || period.gallons === null) return []
  const checks: ReadEntered['checks'] = []
  if (period.flags.includes('rollover'))
    checks.push({
      check: 'rollover',
      rule: 'VEE-008',
      says: 'The register passed zero; the use is believable.',
    })
  if (!expected)
    checks.push({
      check: 'first',
      rule: 'VEE-014',
      says: 'There is no earlier use to compare this one with.',
    })
  const high = ruleOf(rules, 'VEE-011').value as { percent: number; overCcf: number }
  const limits = {
    highPercent: high.percent,
    highOverGallons: high.overCcf * 748,
    lowPercent: numberOf(rules, 'VEE-012'),
  }
  const shares = expected ? `${Math.round((period.gallons * 100) / Math.max(1, expected.gallons))} %` : ''
  for (const check of checkUse(period.gallons, expected, limits)) checks.push(sayings[check](shares))
  return checks
}

const sayings = {
  high: (share: string) => ({
    check: 'high' as const,
    rule: 'VEE-011',
    says: `Use is ${share} of what was expected. Read it again before it is billed.`,
  }),
  low: (share: string) => ({
    check: 'low' as const,
    rule: 'VEE-012',
    says: `Use is ${share} of what was expected. Is the meter running?`,
  }),
  zero: () => ({
    check: 'zero' as const,
    rule: 'VEE-015',
    says: 'No water was used. Vacant, or a stopped meter?',
  }),
}

/** Every register read on that day is voided together: half a reading of a compound meter is none. */
export async function voidRead(
  ctx: Ctx,
  { meterId, readId, reason, knowsBilled }: Input<typeof metering.voidRead>,
): Promise<Output<typeof metering.voidRead>> {
  if (!(await meterStore.lockMeter(ctx.tx, meterId))) throw refuse(errors, 'metering.no-read')
  const reads = await readStore.listReadsOf(ctx.tx, meterId)
  const read = reads.find(one => one.readId === readId)
  if (!read) throw refuse(errors, 'metering.no-read')
  if (read.voidedAt !== null) throw refuse(errors, 'metering.read-voided')
  if (read.kind === 'exchange-in' || read.kind === 'exchange-out')
    throw refuse(errors, 'metering.read-of-exchange')
  const installation = pickInstallation(await meterStore.listInstallationsOf(ctx.tx, meterId), read.readOn)
  const servicePointId = installation?.servicePointId ?? null
  await refuseOwnPlace(ctx, servicePointId === null ? [] : [servicePointId], read.readOn)
  const together = reads.filter(
    one => one.readOn === read.readOn && one.kind === read.kind && one.voidedAt === null,
  )
  await readStore.insertVoids(ctx.tx, { meterId, reads: together, by: ctx.actor.personId, reason })
  const values = together.map(({ registerNo, value }) => ({ registerNo, value }))
  ctx.audit({
    subject: `meter:${meterId}`,
    reason,
    before: { read: { readOn: read.readOn, kind: read.kind, values } },
    after: { voided: true },
  })
  await tellServed(ctx, {
    name: 'metering.read-voided',
    servicePointId,
    on: addDays(read.readOn, -1), // whoever left that day was billed up to it
    subject: { meterId, readId, readOn: read.readOn, servicePointId, knowsBilled: knowsBilled ? 1 : 0 },
    title: `Read of ${read.readOn} voided${installation ? `, meter ${installation.serial}` : ''}`,
  })
  return { voided: together.map(one => one.readId) }
}
