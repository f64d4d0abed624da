import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { refuseOwnAccount } from '../../accounts/index.ts'
import { requestReview } from '../../desk/index.ts'
import { decideBillPostings, postJournal } from '../../ledger/index.ts'
import type { billing } from '../contract/index.ts'
import { chargesOf, decideBill } from '../domain/decide.ts'
import { errors } from '../domain/errors.ts'
import { keepSegment } from '../domain/kept.ts'
import { getBill } from '../queries/cards.ts'
import { sayComingRead } from '../queries/coming-read.ts'
import { gatherBill } from '../queries/gather.ts'
import * as store from '../store.ts'

/** Bills one account from its last bill to the latest read that can be billed. Rehearsed, it is the preview. */
export async function billAccount(
  ctx: Ctx,
  { accountId, throughOn = ctx.today }: Input<typeof billing.billAccount>,
): Promise<Output<typeof billing.billAccount>> {
  if (throughOn > ctx.today) throw refuse(errors, 'billing.in-future', { today: ctx.today }, 'throughOn')
  await refuseOwnAccount(ctx, accountId)
  const facts = await gatherBill(ctx, accountId, throughOn).catch(async error => {
    throw await sayComingRead(ctx, accountId, error)
  })
  const decision = decideBill(facts)
  const { kind, fromOn, toOn, issuedOn, dueOn, policy } = facts
  const billId = await store.takeBillId(ctx.tx)
  const journalId = await postJournal(ctx, {
    accountId,
    kind: 'bill',
    effectiveOn: issuedOn,
    dueOn,
    source: `bill:${billId}`,
    postings: decideBillPostings(chargesOf(decision)),
  })
  const { totalCents, segments } = decision
  const issuedBy = ctx.actor.personId
  const bill = { accountId, billId, kind, fromOn, toOn, issuedOn, dueOn, totalCents, journalId, issuedBy }
  await store.insertBill(ctx.tx, bill)
  const stored = segments.map((segment, i) => keepSegment(segment, i + 1, policy))
  await store.insertSegments(ctx.tx, accountId, billId, stored)
  const after = { kind, fromOn, toOn, dueOn, totalCents: String(totalCents) }
  ctx.audit({ subject: `bill:${billId}`, account: accountId, after })
  ctx.tell({ name: 'billing.bill-issued', account: accountId, subject: { billId } })
  await requestReview(ctx, { title: `Bill from ${fromOn} to ${toOn}`, accountId })
  return getBill(ctx, { accountId, billId })
}
