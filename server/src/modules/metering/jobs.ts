/** What comes in from others' events, and what the night sums up. */
import { addDays, addMonths, type LocalDate } from '@curbstop/kernel/dates'
import { DomainError } from '@curbstop/kernel/errors'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { atPace } from '../../platform/jobs/pace.ts'
import type { JobHand, JobHandler } from '../../platform/module.ts'
import { listEstimatesDue } from '../accounts/index.ts'
import { createTask } from '../desk/index.ts'
import { getOrderFacts } from '../fieldwork/index.ts'
import { takeHandOverRead, witnessHandOver } from './commands/hand-over.ts'
import { loadTaken } from './commands/loading/take.ts'
import { endTestOfOrder, noteTestOfOrder } from './commands/meter-test-orders.ts'
import { takeOrderRead } from './commands/order-read.ts'
import { watchSome } from './commands/watch.ts'
import { endWaiting } from './store/exceptions.ts'
import { replacePeerUsage } from './store/peers.ts'
import { listPointsRead, mostPlacesHaveProfiles, rebuildProfiles } from './store/profiles.ts'

type Change = Parameters<typeof takeHandOverRead>[1]

/** Estimates of a hand-over that was arranged ahead: made on its day, or on the first day the office is up again. */
const takeHandOversDue: JobHandler = async hand => {
  const due = await hand.inTransaction(ctx => listEstimatesDue(ctx, addDays(ctx.today, -14)))
  for (const change of due) await takeHandOver(hand, change)
}

/** A read that cannot be made is work for a person, with the sentence that says why; trying again would not help. */
async function takeHandOver(hand: JobHand, { accountId, changeId }: Change): Promise<void> {
  try {
    await hand.inTransaction(ctx => takeHandOverRead(ctx, { accountId, changeId }))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    await hand.inTransaction(ctx => createTask(ctx, exceptionOf(accountId, error.message, ctx.today)))
  }
}

const exceptionOf = (accountId: AccountId, detail: string, dueOn: LocalDate) => ({
  kind: 'exception' as const,
  title: 'The hand-over read could not be taken',
  detail,
  accountId,
  to: { queue: 'billing' as const },
  dueOn,
})

/** A completed order's read goes on the account; another meter than the one on record is work for a person. */
const takeOrder: JobHandler = async (hand, payload) => {
  const orderId = asId<'order'>(String(payload.orderId))
  await hand.inTransaction(async ctx => {
    const order = await getOrderFacts(ctx, orderId)
    if (!order?.result) return
    const { kind, accountId, servicePointId, result } = order
    const { completedAt, meterSerialSeen } = result
    const readValue = result.readValue === null ? null : BigInt(result.readValue)
    const brought = { orderId, orderKind: kind, servicePointId, completedAt, readValue, meterSerialSeen }
    const why = await takeOrderRead(ctx, brought)
    if (!why) return
    await createTask(ctx, {
      kind: 'order-result',
      title: `The read of order ${orderId} could not be taken`,
      detail: why,
      accountId: accountId ?? undefined,
      orderId,
      to: { queue: 'billing' },
      dueOn: ctx.today,
    })
  })
}

/** This month and the two before it, whose last reads may still have come in. */
const summarizePeers: JobHandler = async hand => {
  await hand.inTransaction(async ctx => {
    const firstOfMonth = `${ctx.today.slice(0, 8)}01` as LocalDate
    await replacePeerUsage(ctx.tx, addMonths(firstOfMonth, -2), ctx.today)
  })
}

/** Two years of use in one row, for the places of a file or for all that were read since yesterday. */
const refreshProfiles: JobHandler = async (hand, payload) => {
  const fileId = payload.fileId === undefined ? null : asId<'read-file'>(String(payload.fileId))
  const points = await hand.inTransaction(async ctx => {
    const since = (await mostPlacesHaveProfiles(ctx.tx)) ? addDays(ctx.today, -2) : longAgo
    return listPointsRead(ctx.tx, { fileId, since })
  })
  await atPace(9, async () => {
    const some = points.splice(0, profilesAtOnce)
    await hand.inTransaction(ctx => rebuildProfiles(ctx.tx, some))
    return points.length > 0
  })
}

/** A district just made or just loaded has reads and no summaries: all of them. */
const longAgo = '1970-01-01' as LocalDate
const profilesAtOnce = 500

/** Every meter whose hours came in, some at a time, so that each look is short and a death costs little. */
const watchAll: JobHandler = async hand => {
  await atPace(1, async () => (await hand.inTransaction(ctx => watchSome(ctx, 50))) > 0)
}

/** Whoever was sent to look is back: the exception is in the list again, with the read beside it. */
const endWaitingFor: JobHandler = async (hand, payload) => {
  const orderId = asId<'order'>(String(payload.orderId))
  await hand.inTransaction(async ctx => {
    for (const exceptionId of await endWaiting(ctx.tx, orderId))
      ctx.tell({ name: 'metering.exception-back', subject: { exceptionId, orderId } })
  })
}

/** Every order of a meter test has its page, whoever made it. */
const noteTest: JobHandler = (hand, { orderId }) =>
  hand.inTransaction(ctx => noteTestOfOrder(ctx, asId<'order'>(String(orderId))))

const endTest: JobHandler = (hand, { orderId }) =>
  hand.inTransaction(ctx => endTestOfOrder(ctx, asId<'order'>(String(orderId))))

export const jobs = {
  'metering.load-taken': loadTaken,
  'metering.refresh-profiles': refreshProfiles,
  'metering.watch-hours': watchAll,
  'metering.end-waiting': endWaitingFor,
  'metering.note-test': noteTest,
  'metering.end-test': endTest,
  'metering.take-hand-overs-due': takeHandOversDue,
  'metering.take-order-read': takeOrder,
  'metering.summarize-peers': summarizePeers,
}
export const listens = {
  'fieldwork.order-made': ['metering.note-test'],
  'fieldwork.order-moved': ['metering.end-test'],
  'fieldwork.order-completed': ['metering.take-order-read', 'metering.end-waiting'],
  'metering.file-received': ['metering.load-taken'],
  'metering.file-loaded': ['metering.refresh-profiles', 'metering.watch-hours'],
}
export const witnesses = { 'accounts.occupancy-changed': witnessHandOver }
/** UTC: before the office opens. */
// UTC: before the office opens
export const schedule = [
  { cron: '5 10 * * *', job: 'metering.take-hand-overs-due' },
  { cron: '45 9 * * *', job: 'metering.refresh-profiles' },
  { cron: '15 10 * * *', job: 'metering.summarize-peers' },
]
export const atStart = ['metering.refresh-profiles']
