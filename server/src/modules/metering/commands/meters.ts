import { addDays } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { noteMeters, refuseOwnPlace } from '../../accounts/index.ts'
import { getRuleBook, numberOf } from '../../policy/index.ts'
import type { metering } from '../contract/index.ts'
import { checkLength, type DecidedRead, decideRollover, lastBefore, orderValues } from '../domain/entry.ts'
import { errors } from '../domain/errors.ts'
import { expectedUse } from '../domain/expectation.ts'
import type { Read } from '../domain/periods.ts'
import { standingReads } from '../queries.ts'
import type { InstallationRow, MeterRow } from '../store/meters.ts'
import * as meterStore from '../store/meters.ts'
import * as readStore from '../store/reads.ts'
import { estimateReads, listPeriodsAt } from './estimate.ts'
import { tellServed } from './tell.ts'

export async function addMeter(
  ctx: Ctx,
  input: Input<typeof metering.addMeter>,
): Promise<Output<typeof metering.addMeter>> {
  const { serial, make, size, kind, registers } = input
  const madeOn = input.madeOn ?? null
  if (madeOn && madeOn > ctx.today) throw refuse(errors, 'metering.made-in-future', { madeOn }, 'madeOn')
  const wanted = kind === 'compound' ? '1,2' : '1'
  if (registers.map(r => r.registerNo).join() !== wanted)
    throw refuse(errors, 'metering.registers-unlike', {}, 'registers')
  const meterId = await meterStore.insertMeter(ctx.tx, { serial, make, size, kind, madeOn })
  await meterStore.insertRegisters(ctx.tx, meterId, registers)
  ctx.audit({ subject: `meter:${meterId}`, after: { serial, make, size, kind, madeOn, registers } })
  ctx.tell({ name: 'metering.meter-added', subject: { meterId } })
  return { meterId }
}

type Exchange = Input<typeof metering.exchangeMeter>

/** VEE-010: old meter out with its last value, new meter in with its first, one record of both. */
export async function exchangeMeter(
  ctx: Ctx,
  input: Exchange,
): Promise<Output<typeof metering.exchangeMeter>> {
  const { servicePointId, exchangedOn: on, newSerial: serial, reason } = input
  if (on > ctx.today) throw refuse(errors, 'metering.exchange-in-future', { on }, 'exchangedOn')
  await refuseOwnPlace(ctx, [servicePointId], on)
  const old = await lockHangingMeter(ctx, input)
  const fresh = await meterStore.lockMeterBySerial(ctx.tx, serial)
  if (!fresh) throw refuse(errors, 'metering.meter-unknown', { serial }, 'newSerial')
  if (fresh.meterId === old.meterId) throw refuse(errors, 'metering.same-meter', { serial }, 'newSerial')
  const reads = standingReads(await readStore.listReadsOf(ctx.tx, old.meterId))
  const later = reads.find(read => read.readOn > on)
  if (later)
    throw refuse(errors, 'metering.exchange-before-reads', { readOn: later.readOn, on }, 'exchangedOn')
  const inValues = orderValues(input.inValues, fresh.registers)
  for (const [at, value] of inValues.entries()) checkLength(value, fresh.registers[at]!)
  const out = await decideOut(ctx, input, { old, reads })
  const outValues = out.map(({ value }) => value)
  await meterStore.updateTakenOut(ctx.tx, { servicePointId, meterId: old.meterId, on, outValues })
  const hung = { servicePointId, meterId: fresh.meterId, serial, on, inValues, by: ctx.actor.personId }
  await meterStore.insertInstallation(ctx.tx, hung)
  await writeExchangeReads(ctx, input, { old, fresh, out, inValues })
  await noteMeters(ctx, [servicePointId], [old.serial, serial])
  ctx.audit({
    subject: `service-point:${servicePointId}`,
    reason,
    before: { meter: old.serial, outValues, estimated: input.outValues === null },
    after: { meter: serial, inValues, on },
  })
  await tellServed(ctx, {
    name: 'metering.meter-exchanged',
    servicePointId,
    on,
    subject: { servicePointId, oldMeterId: old.meterId, newMeterId: fresh.meterId, on },
    title: `Meter ${old.serial} exchanged for ${serial}`,
  })
  return {
    oldMeterId: old.meterId,
    newMeterId: fresh.meterId,
    outValues: out.map(({ registerNo, value }) => ({ registerNo, value })),
    outEstimated: input.outValues === null,
  }
}

async function lockHangingMeter(
  ctx: Ctx,
  { servicePointId, exchangedOn: on }: Exchange,
): Promise<InstallationRow> {
  const find = async () =>
    (await meterStore.listInstallationsAt(ctx.tx, [servicePointId])).find(i => i.removedOn === null)
  const seen = await find()
  if (!seen) throw refuse(errors, 'metering.no-meter-here', { on })
  await meterStore.lockMeter(ctx.tx, seen.meterId)
  const old = await find() // somebody may have exchanged it while we waited
  if (old?.meterId !== seen.meterId) throw refuse(errors, 'metering.no-meter-here', { on })
  const { installedOn } = old
  if (on <= installedOn) throw refuse(errors, 'metering.exchange-too-early', { installedOn }, 'exchangedOn')
  return old
}

async function decideOut(
  ctx: Ctx,
  { exchangedOn: on, outValues }: Exchange,
  { old, reads }: { old: InstallationRow; reads: readonly Read[] },
): Promise<DecidedRead[]> {
  if (!outValues) return estimateReads(ctx, old, on)
  const periods = await listPeriodsAt(ctx, old)
  const rolloverFactor = numberOf(await getRuleBook(ctx), 'VEE-008')
  const values = orderValues(outValues, old.registers)
  return old.registers.map((register, at) => {
    const value = values[at]!
    checkLength(value, register)
    const before = lastBefore(addDays(on, 1), at, { installation: old, reads })
    const expected = expectedUse({ periods, fromOn: before.on, toOn: on })
    const limits = { expectedGallonsPerDay: expected?.gallonsPerDay ?? null, rolloverFactor }
    const passedZero = decideRollover({ value, readOn: on, before, register }, limits)
    return { registerNo: register.registerNo, value, passedZero }
  })
}

async function writeExchangeReads(
  ctx: Ctx,
  { exchangedOn: readOn, outValues, reason }: Exchange,
  done: { old: InstallationRow; fresh: MeterRow; out: DecidedRead[]; inValues: readonly bigint[] },
): Promise<void> {
  const { old, fresh, out, inValues } = done
  const common = { readOn, source: 'office' as const, readBy: ctx.actor.personId, orderId: null }
  const note = outValues === null ? `estimated: ${reason}` : reason
  await readStore.insertReads(ctx.tx, {
    ...common,
    meterId: old.meterId,
    kind: 'exchange-out',
    note,
    values: out,
  })
  const values = fresh.registers.map(({ registerNo }, at) => ({
    registerNo,
    value: inValues[at]!,
    passedZero: false,
  }))
  await readStore.insertReads(ctx.tx, {
    ...common,
    meterId: fresh.meterId,
    kind: 'exchange-in',
    note: reason,
    values,
  })
}
