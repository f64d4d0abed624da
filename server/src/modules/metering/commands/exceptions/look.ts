/** Somebody goes and looks: the exception waits for the order and comes back with its answer (VEE-018, VEE-021). */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { OrderId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../../platform/context.ts'
import { makeOrder } from '../../../fieldwork/index.ts'
import { getRuleBook } from '../../../policy/index.ts'
import { listPointFacts } from '../../../premises/index.ts'
import type { metering } from '../../contract/index.ts'
import { errors } from '../../domain/errors.ts'
import { limitsOf } from '../../domain/validation/limits.ts'
import { sayFinding } from '../../domain/validation/sentences.ts'
import * as store from '../../store/exceptions.ts'
import { listRegisters } from '../../store/places.ts'

export async function sendToLook(
  ctx: Ctx,
  { exceptionId, version, order: kind, instructions }: Input<typeof metering.sendToLook>,
): Promise<Output<typeof metering.sendToLook>> {
  const row = await store.lockException(ctx.tx, exceptionId, version)
  const [place] = await listPointFacts(ctx, [row.servicePointId])
  const [main] = row.findings
  const why = main
    ? sayFinding({
        ...main,
        facts: { gallons: row.gallons, expectedGallons: row.expectedGallons, ...main.facts },
      })
    : row.rule
  const order = await makeOrder(ctx, {
    kind,
    premiseId: place!.premiseId,
    servicePointId: row.servicePointId,
    ...(row.onAccount ? { accountId: row.onAccount } : {}),
    instructions: instructions || `Meter ${row.serial}, read of ${row.onDate}. ${why}.`,
    askedBy: `read-exception:${exceptionId}:${kind}:${version}`,
  })
  if (!order) throw refuse(errors, 'metering.exception-changed')
  const orderId = order.orderId as OrderId
  const next = await store.setWaiting(ctx.tx, exceptionId, orderId)
  ctx.audit({
    subject: `read-exception:${exceptionId}`,
    account: row.onAccount,
    after: { order: kind, orderId },
  })
  ctx.tell({ name: 'metering.exception-sent', account: row.onAccount, subject: { exceptionId, orderId } })
  return { exceptionId, orderId, version: next }
}

/** VEE-018: after so many estimates in a row somebody must see the meter. */
export async function orderAfterEstimates(ctx: Ctx, row: store.ExceptionRow): Promise<void> {
  const { estimatesOrderAt } = limitsOf(await getRuleBook(ctx))
  const [register] = await listRegisters(ctx.tx, [row.serial])
  const inRow = (register?.lastReads ?? '').split(' ').findIndex(read => !read.endsWith(':estimated'))
  if (inRow >= 0 && inRow < estimatesOrderAt) return
  const [place] = await listPointFacts(ctx, [row.servicePointId])
  await makeOrder(ctx, {
    kind: 'RRD',
    premiseId: place!.premiseId,
    servicePointId: row.servicePointId,
    ...(row.onAccount ? { accountId: row.onAccount } : {}),
    instructions: `Meter ${row.serial} was estimated ${inRow < 0 ? 'five or more' : inRow} times in a row. Read it, and say why it could not be read.`,
    askedBy: `estimates:${row.meterId}:${row.onDate}`,
  })
}
