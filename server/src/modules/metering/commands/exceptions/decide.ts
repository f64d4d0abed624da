/** What a person makes of a doubtful read. The read itself is never changed: it stands, or another takes its place. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../../platform/context.ts'
import { refuseOwnPlace } from '../../../accounts/index.ts'
import type { metering } from '../../contract/index.ts'
import type { RegisterValue } from '../../domain/entry.ts'
import { errors } from '../../domain/errors.ts'
import type { ReadId } from '../../domain/periods.ts'
import { proposeEstimate } from '../../queries/estimate.ts'
import { isSafe } from '../../queries/exceptions.ts'
import * as store from '../../store/exceptions.ts'
import { insertReads, listReadsOf, type ReadRow } from '../../store/reads.ts'
import { enterRead, voidRead } from '../reads.ts'
import { orderAfterEstimates } from './look.ts'

type Asked = Input<typeof metering.decideException>

export async function decideException(
  ctx: Ctx,
  asked: Asked,
): Promise<Output<typeof metering.decideException>> {
  const { exceptionId, version, decision, reason } = asked
  const row = await store.lockException(ctx.tx, exceptionId, version)
  await refuseOwnPlace(ctx, [row.servicePointId], row.onDate)
  const readId = await carryOut(ctx, row, asked)
  const facts = readId === null ? null : { readId: String(readId) }
  await store.writeDecision(ctx.tx, { exceptionId, decision, by: ctx.actor.personId, reason, facts })
  tell(ctx, row, { decision, reason })
  return { exceptionId, decision, readId }
}

function tell(
  ctx: Ctx,
  row: store.ExceptionRow,
  { decision, reason }: Pick<Asked, 'decision' | 'reason'>,
): void {
  const { exceptionId, onAccount, rule, meterId, readId } = row
  ctx.audit({
    subject: `read-exception:${exceptionId}`,
    account: onAccount,
    reason,
    before: { rule, meterId, readId },
    after: { decision },
  })
  ctx.tell({ name: 'metering.exception-decided', account: onAccount, subject: { exceptionId, meterId } })
}

/** The read that takes the place of the doubtful one; null when it stands. */
async function carryOut(ctx: Ctx, row: store.ExceptionRow, asked: Asked): Promise<ReadId | null> {
  if (asked.decision === 'accepted' || asked.decision === 'customer-contacted') {
    if (row.findings.some(finding => finding.kind === 'negative'))
      throw refuse(errors, 'metering.negative-stands')
    return null
  }
  const { meterId, readId, registerNo } = row
  if (readId === null) throw refuse(errors, 'metering.no-read-to-judge')
  const reads = await listReadsOf(ctx.tx, meterId)
  const read = reads.find(one => one.readId === readId)
  if (!read || read.voidedAt !== null) throw refuse(errors, 'metering.read-voided')
  const value = await valueFor(ctx, row, asked, read)
  const others = reads
    .filter(one => one.readOn === read.readOn && one.kind === read.kind && one.voidedAt === null)
    .filter(one => one.registerNo !== registerNo)
    .map(one => ({ registerNo: one.registerNo, value: one.value }))
  await voidRead(ctx, { meterId, readId, reason: asked.reason })
  const values = [...others, { registerNo, value }].sort((a, b) => a.registerNo - b.registerNo)
  const written =
    asked.decision === 'rollover'
      ? await passZero(ctx, read, asked)
      : await enter(ctx, { row, asked, values })
  if (asked.decision === 'estimated') await orderAfterEstimates(ctx, row)
  return written
}

async function valueFor(ctx: Ctx, row: store.ExceptionRow, asked: Asked, read: ReadRow): Promise<bigint> {
  if (asked.decision === 'rollover') return read.value
  if (asked.decision === 'corrected') {
    if (asked.value === undefined) throw refuse(errors, 'metering.value-needed', {}, 'value')
    return asked.value
  }
  const proposal = await proposeEstimate(ctx, row)
  if (!proposal)
    throw refuse(errors, 'metering.estimate-not-possible', { why: 'there is no earlier use to go by' })
  return proposal.value
}

type ToEnter = {
  readonly row: store.ExceptionRow
  readonly asked: Asked
  readonly values: readonly RegisterValue[]
}

async function enter(ctx: Ctx, { row, asked, values }: ToEnter): Promise<ReadId> {
  const entered = await enterRead(ctx, {
    meterId: row.meterId,
    readOn: row.onDate,
    values,
    kind: asked.decision === 'estimated' ? 'estimated' : 'actual',
    source: 'office',
    note: asked.reason,
    knowsUnusual: true, // it was looked at: that is what this decision is
    isPart: true,
  })
  return entered.reads.find(one => one.registerNo === row.registerNo)!.readId
}

/** VEE-008, said by a person: the same value again, with the register having passed zero. */
async function passZero(ctx: Ctx, read: ReadRow, { reason }: Asked): Promise<ReadId> {
  const { meterId, readOn, kind, source, registerNo, value } = read
  const written = await insertReads(ctx.tx, {
    ...{ meterId, readOn, kind, source, readBy: ctx.actor.personId, orderId: null, note: reason },
    values: [{ registerNo, value, passedZero: true }],
  })
  return written[0]!.readId
}

/** Several at once, only where that is safe; each of the others stays, with the reason. */
export async function acceptExceptions(
  ctx: Ctx,
  { exceptions, reason }: Input<typeof metering.acceptExceptions>,
): Promise<Output<typeof metering.acceptExceptions>> {
  const left: { exceptionId: store.ExceptionId; why: string }[] = []
  let accepted = 0
  for (const { exceptionId, version } of exceptions) {
    const why = await acceptOne(ctx, { exceptionId, version, reason })
    if (why === null) accepted += 1
    else left.push({ exceptionId, why })
  }
  return { accepted, left }
}

async function acceptOne(
  ctx: Ctx,
  { exceptionId, version, reason }: { exceptionId: store.ExceptionId; version: number; reason: string },
): Promise<string | null> {
  try {
    const row = await store.lockException(ctx.tx, exceptionId, version)
    if (!isSafe(row))
      return 'It blocks billing, somebody is on the way, or too much is at stake: decide it by itself.'
    await refuseOwnPlace(ctx, [row.servicePointId], row.onDate)
    await store.writeDecision(ctx.tx, {
      exceptionId,
      decision: 'accepted',
      by: ctx.actor.personId,
      reason,
      facts: null,
    })
    tell(ctx, row, { decision: 'accepted', reason })
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}
