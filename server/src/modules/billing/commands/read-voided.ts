/** A read that bills rest on is voided: nobody does that unawares, and billing gets the correction. */
import { refuse } from '@curbstop/kernel/errors'
import { asId } from '@curbstop/kernel/ids'
import type { Witness } from '../../../platform/module.ts'
import { createTask, placeAlert } from '../../desk/index.ts'
import { errors } from '../domain/errors.ts'
import { billsOfReadText } from '../domain/of-read.ts'
import { dateText } from '../domain/words.ts'
import { dialsOf } from '../queries/of-read.ts'
import * as store from '../store.ts'

/** Hears `metering.read-voided` once for every account concerned. Throws `billing.read-billed` unless it was confirmed. */
export const witnessVoidedRead: Witness = async (ctx, { account, subject }) => {
  if (!account || !subject) return
  const read = {
    meterId: asId<'meter'>(String(subject.meterId)),
    readId: asId<'read'>(String(subject.readId)),
  }
  const dials = await dialsOf(ctx, read)
  const bills = await store.listBillsOfRead(ctx.tx, [account], dials)
  if (bills.length === 0) return
  const on = dateText(dials.readOn)
  const which = billsOfReadText(bills)
  if (!subject.knowsBilled) throw refuse(errors, 'billing.read-billed', { on, which }, 'knowsBilled')
  const { taskId } = await createTask(ctx, {
    kind: 'exception',
    title: `A read that was billed is void: correct what rests on the read of ${on}`,
    detail: `${which} Meter ${dials.serial} showed ${dials.values.join(' and ')}. The next bill waits until the right read of ${on} stands or the bills are corrected; then clear the account’s alert.`,
    accountId: account,
    to: { queue: 'billing' },
    dueOn: ctx.today,
  })
  const text = `The read of ${on} is void, and a bill was made with it. The next bill waits for billing’s correction (task ${taskId}).`
  await placeAlert(ctx, { accountId: account, tone: 'attention', text })
}
