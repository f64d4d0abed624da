import { addDays } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { listAccountsAt, listProtectedAccounts } from '../../accounts/index.ts'
import { getMeter } from '../../metering/index.ts'
import type { billing } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import type { ReadOnDials } from '../store.ts'
import * as store from '../store.ts'

type Asked = Input<typeof billing.listBillsOfRead>

/** What the dials showed with this read, as a bill keeps it; half a reading of a compound meter is none. */
export async function dialsOf(ctx: Ctx, { meterId, readId }: Asked): Promise<ReadOnDials> {
  const { serial, reads } = await getMeter(ctx, { meterId })
  const read = reads.find(one => one.readId === readId)
  if (!read) throw refuse(errors, 'billing.no-read-like-this')
  const together = reads.filter(
    one => one.readOn === read.readOn && one.kind === read.kind && one.voided?.at === read.voided?.at,
  )
  return { serial, readOn: read.readOn, values: together.map(one => String(one.value)) }
}

/** The bills that rest on a read, oldest first. Of a protected customer nothing is said to those who may not know. */
export async function listBillsOfRead(
  ctx: Ctx,
  asked: Asked,
): Promise<Output<typeof billing.listBillsOfRead>> {
  const dials = await dialsOf(ctx, asked)
  const { installations } = await getMeter(ctx, { meterId: asked.meterId })
  const points = [...new Set(installations.map(one => one.servicePointId))]
  // whoever left on the day of the read was billed up to it
  const served = await listAccountsAt(ctx, points, addDays(dials.readOn, -1))
  return store.listBillsOfRead(ctx.tx, await openTo(ctx, served), dials)
}

async function openTo(ctx: Ctx, accountIds: readonly AccountId[]): Promise<AccountId[]> {
  if (may(ctx, 'customers.see-protected')) return [...accountIds]
  const hidden = await listProtectedAccounts(ctx, accountIds)
  return accountIds.filter(id => !hidden.has(id))
}
