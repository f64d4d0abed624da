import type { LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { errors } from './domain/errors.ts'
import { checkPostings, type JournalKind, type Posting, reverse } from './domain/postings.ts'
import type { JournalId } from './store.ts'
import * as store from './store.ts'

export type JournalToPost = {
  readonly accountId: AccountId
  readonly kind: JournalKind
  /** When it counts for the customer. */
  readonly effectiveOn: LocalDate
  /** Of a charge. */
  readonly dueOn?: LocalDate
  /** What it comes from: 'bill:4711', 'payment:12'. */
  readonly source: string
  readonly memo?: string
  readonly postings: readonly Posting[]
}

/**
 * Posts a journal in the books of today. Whoever decided the postings from the account's balance holds the lock on
 * the account's row (`accounts`), so that two of them cannot decide from the same debts.
 * @throws ledger.day-closed
 */
export async function postJournal(ctx: Ctx, journal: JournalToPost): Promise<JournalId> {
  return post(ctx, journal, null)
}

/**
 * Posts the mirror image of a journal, once. `kind` says why: `return` for what the bank sent back.
 * @throws ledger.no-journal, ledger.already-reversed, ledger.day-closed
 */
export async function reverseJournal(
  ctx: Ctx,
  {
    accountId,
    journalId,
    reason,
    kind = 'reversal',
    effectiveOn = ctx.today,
    source = `journal:${journalId}`,
  }: {
    readonly accountId: AccountId
    readonly journalId: JournalId
    readonly reason: string
    readonly kind?: 'reversal' | 'return'
    readonly effectiveOn?: LocalDate
    readonly source?: string
  },
): Promise<JournalId> {
  const original = await store.findJournal(ctx.tx, accountId, journalId)
  if (!original) throw refuse(errors, 'ledger.no-journal', { journalId: String(journalId) })
  const postings = reverse({ postings: await store.listPostings(ctx.tx, accountId, journalId) })
  const mirror = { accountId, kind, effectiveOn, source, memo: reason, postings }
  return post(ctx, mirror, journalId)
}

async function post(
  ctx: Ctx,
  journal: JournalToPost,
  reversesJournalId: JournalId | null,
): Promise<JournalId> {
  const { accountId, kind, effectiveOn, source, postings } = journal
  checkPostings(postings)
  await holdDayOpen(ctx, ctx.today)
  const journalId = await store.insertJournal(ctx.tx, {
    accountId,
    kind,
    effectiveOn,
    businessOn: ctx.today,
    dueOn: journal.dueOn ?? null,
    postedBy: ctx.actor.personId,
    source,
    memo: journal.memo ?? null,
    reversesJournalId,
  })
  await store.insertPostings(ctx.tx, accountId, journalId, postings)
  ctx.audit({
    subject: `journal:${journalId}`,
    account: accountId,
    ...(journal.memo ? { reason: journal.memo } : {}),
    after: { kind, effectiveOn, source, postings, reversesJournalId },
  })
  ctx.tell({ name: 'ledger.journal-posted', account: accountId, subject: { journalId, kind } })
  return journalId
}

/** Takes a share of the business day, so that nobody closes it before we commit; opens it when it is new. */
async function holdDayOpen(ctx: Ctx, on: LocalDate): Promise<void> {
  let day = await store.lockDayForPosting(ctx.tx, on)
  if (!day) {
    await store.insertDay(ctx.tx, on) // waits for a closing under way
    day = await store.lockDayForPosting(ctx.tx, on)
  }
  const upTo = await store.findLastClosedDay(ctx.tx)
  if (day?.closedAt || (upTo && upTo >= on))
    throw refuse(errors, 'ledger.day-closed', { on, upTo: upTo ?? on })
}

/**
 * Closes the books of a day for ever. Waits for every posting under way; days are closed in order.
 * @throws ledger.day-not-begun, ledger.day-closed-already, ledger.earlier-day-open
 */
export async function closeBusinessDay(ctx: Ctx, on: LocalDate): Promise<void> {
  if (on > ctx.today) throw refuse(errors, 'ledger.day-not-begun', { on })
  await store.lockDays(ctx.tx)
  await store.insertDay(ctx.tx, on)
  const day = await store.lockDayForClosing(ctx.tx, on)
  const upTo = await store.findLastClosedDay(ctx.tx)
  if (day?.closedAt || (upTo && upTo >= on)) throw refuse(errors, 'ledger.day-closed-already', { on })
  const earlier = await store.findEarlierOpenDay(ctx.tx, on)
  if (earlier) throw refuse(errors, 'ledger.earlier-day-open', { earlier, on })
  await store.closeDay(ctx.tx, on, ctx.actor.personId)
  ctx.audit({ subject: `business-day:${on}`, after: { closed: true } })
  ctx.tell({ name: 'ledger.day-closed', subject: { on } })
}
