/** The morning's books: which are being read, how far they are, and who is missing (VEE-023). */
import { addDays, addMonths, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import {
  type BookFacts,
  listBooks,
  listPointFacts,
  listPointsOfBook,
  listPremiseLines,
} from '../../premises/index.ts'
import type { metering } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import * as store from '../store/rounds.ts'

type BookDay = Output<typeof metering.listBookDays>[number]

/** A book is read in a few days about its own: earlier for a holiday, later for what was skipped. */
const earlyDays = 4
const lateDays = 10

/** The reading whose days hold `on`: the book's day of this month or of the month before. */
export function dueOnOf(cycleDay: number, on: LocalDate): LocalDate {
  const ofMonth = (month: LocalDate) => localDate(`${month.slice(0, 8)}${String(cycleDay).padStart(2, '0')}`)
  const here = ofMonth(on)
  return addDays(here, -earlyDays) <= on ? here : ofMonth(addMonths(localDate(`${on.slice(0, 8)}01`), -1))
}

export async function listBookDays(ctx: Ctx, input: Input<typeof metering.listBookDays>): Promise<BookDay[]> {
  const on = input.on ?? ctx.today
  const days: BookDay[] = []
  for (const book of await listBooks(ctx)) {
    const dueOn = dueOnOf(book.cycleDay, on)
    if (on <= addDays(dueOn, lateDays)) days.push(await bookDayOf(ctx, book, dueOn))
  }
  return days.sort((a, b) => (a.dueOn === b.dueOn ? (a.code < b.code ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
}

export async function bookDayOf(ctx: Ctx, book: BookFacts, dueOn: LocalDate): Promise<BookDay> {
  const asked = await askedFor(ctx, book.bookId, dueOn)
  const sum = await store.sumRound(ctx.tx, asked)
  const { bookId, code, name } = book
  return { bookId, code, name, dueOn, ...sum, missing: sum.expected - sum.read - sum.skipped }
}

export async function askedFor(ctx: Ctx, bookId: number, dueOn: LocalDate): Promise<store.RoundAsked> {
  const points = await listPointsOfBook(ctx, bookId)
  return { bookId, dueOn, fromOn: addDays(dueOn, -earlyDays), toOn: addDays(dueOn, lateDays), points }
}

export async function findBook(ctx: Ctx, bookId: number): Promise<BookFacts> {
  const book = (await listBooks(ctx)).find(one => one.bookId === bookId)
  if (!book) throw refuse(errors, 'metering.no-book')
  return book
}

export async function listMissing(
  ctx: Ctx,
  { bookId, dueOn }: Input<typeof metering.listMissing>,
): Promise<Output<typeof metering.listMissing>> {
  await findBook(ctx, bookId)
  const rows = await store.listMissing(ctx.tx, await askedFor(ctx, bookId, dueOn))
  const facts = new Map(
    (
      await listPointFacts(
        ctx,
        rows.map(row => row.servicePointId),
      )
    ).map(f => [f.servicePointId, f]),
  )
  const places = await listPremiseLines(
    ctx,
    [...facts.values()].map(fact => fact.premiseId),
  )
  return rows
    .map(row => {
      const fact = facts.get(row.servicePointId)
      return {
        ...row,
        sequence: fact?.sequence ?? null,
        address: (fact && places.get(fact.premiseId)?.line) ?? '',
      }
    })
    .sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
}
