/** Takes a pending change back: what it ended goes on, what it started never was. */
import { formatDay } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { refuseOwn } from '../../staff/index.ts'
import type { accounts } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { whyNotCancel } from '../domain/occupancy.ts'
import { reopenAccount, voidAccount } from '../store/accounts.ts'
import { lockAccount, stepVersion } from '../store/cards.ts'
import {
  type ChangeRow,
  findChange,
  lockChangeWithParts,
  lockOccupancies,
  markCancelled,
  restoreService,
} from '../store/occupancy.ts'
import { reindexAccount } from './reindex.ts'

export async function cancelOccupancyChange(
  ctx: Ctx,
  input: Input<typeof accounts.cancelOccupancyChange>,
): Promise<Output<typeof accounts.cancelOccupancyChange>> {
  const { accountId, changeId, reason } = input
  const change = await findChange(ctx.tx, accountId, changeId)
  if (!change) throw refuse(errors, 'accounts.no-change')
  const parts = await lockChangeWithParts(ctx.tx, changeId)
  const current = parts.find(part => part.changeId === changeId) ?? change
  for (const part of parts.length > 0 ? parts : [current]) refuseWhenDone(ctx, current, part)
  await refuseWhenFollowed(ctx, parts)
  const accountIds = [...new Set(parts.map(part => part.accountId))].sort((a, b) => (a < b ? -1 : 1))
  for (const id of accountIds) {
    const account = await lockAccount(ctx.tx, id)
    await refuseOwn(ctx, [account?.customerId ?? null])
  }
  const undo = { changeId, personId: ctx.actor.personId, at: ctx.now }
  const { restored, cancelled } = await restoreService(ctx.tx, undo)
  await markCancelled(ctx.tx, { ...undo, reason })
  for (const id of cancelled) await takeBack(ctx, id, () => voidAccount(ctx.tx, id), reason)
  for (const id of restored) await takeBack(ctx, id, () => reopenAccount(ctx.tx, id), reason)
  for (const part of parts)
    ctx.tell({
      name: 'accounts.occupancy-change-cancelled',
      account: part.accountId,
      subject: { changeId: part.changeId },
    })
  return {
    accountId,
    restored: [
      ...restored.map(() => ({
        code: 'goes-on',
        says: 'Service goes on as before, with autopay and e-bill as they were.',
      })),
      ...cancelled.map(() => ({
        code: 'never-was',
        says: 'The start is taken back; the new account stays empty.',
      })),
    ],
  }
}

function refuseWhenDone(ctx: Ctx, asked: ChangeRow, part: ChangeRow): void {
  const why = whyNotCancel(
    {
      onDate: part.onDate,
      isCancelled: part.cancelledAt !== null,
      isPart: part === asked && part.partOf !== null,
    },
    ctx.today,
  )
  if (why) throw refuse(errors, why.code, { on: why.on })
}

/** Somebody may have been promised the address since: their start comes first. */
async function refuseWhenFollowed(ctx: Ctx, parts: readonly ChangeRow[]): Promise<void> {
  const [first] = parts
  if (!first) return
  const mine = new Set(parts.map(part => part.changeId))
  const points = parts.flatMap(part => part.handOver.servicePointIds.map(id => BigInt(id) as never))
  const later = (await lockOccupancies(ctx.tx, points)).filter(
    row => row.from >= first.onDate && (row.startedByChange === null || !mine.has(row.startedByChange)),
  )
  if (later[0]) throw refuse(errors, 'accounts.follower', { from: formatDay(later[0].from, ctx.today) })
}

async function takeBack(
  ctx: Ctx,
  accountId: AccountId,
  write: () => Promise<void>,
  reason: string,
): Promise<void> {
  await write()
  const what = 'the cancelled start or stop'
  await stepVersion(ctx.tx, { accountId, personId: ctx.actor.personId, at: ctx.now, what })
  await reindexAccount(ctx, accountId)
  ctx.audit({ subject: `account:${accountId}`, account: accountId, reason, after: { change: 'cancelled' } })
}
