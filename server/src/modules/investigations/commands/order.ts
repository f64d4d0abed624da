import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { makeOrder as makeServiceOrder } from '../../fieldwork/index.ts'
import type { investigations } from '../contract.ts'
import { errors } from '../domain/index.ts'
import { mainService } from '../queries/facts.ts'
import { getInvestigation, type InvestigationView } from '../queries/view.ts'
import { keepEvidence, lockOpenCase } from './case.ts'

/** Sends somebody out for the case; the order knows the case, and the case keeps the order as evidence. */
export async function makeOrder(
  ctx: Ctx,
  { kind, instructions, wantedOn, ...key }: Input<typeof investigations.makeOrder>,
): Promise<InvestigationView> {
  const opened = await lockOpenCase(ctx, key)
  const service = await mainService(ctx, key.accountId)
  if (!service) throw refuse(errors, 'investigations.no-premise')
  const order = await makeServiceOrder(ctx, {
    kind,
    accountId: key.accountId,
    premiseId: service.premiseId,
    servicePointId: service.servicePointId,
    investigationId: key.investigationId,
    instructions: instructions ?? '',
    ...(wantedOn ? { wantedOn } : {}),
    ...(opened.contactId ? { contactId: opened.contactId } : {}),
  })
  await keepEvidence(ctx, key, { kind: 'order', body: { orderId: String(order!.orderId), kind } })
  return getInvestigation(ctx, key)
}
