/** What comparable users use about a day, from the months on record, in memory: asked once for every read of a file. */
import { addMonths } from '@curbstop/kernel/dates'
import type { Ctx } from '../../../platform/context.ts'
import { seasonFactor } from '../domain/expectation.ts'
import type { PeersAt } from '../domain/loading/place.ts'
import type { PeerUse } from '../domain/validation/profile.ts'
import { listPeerMonths } from '../store/peers.ts'

/** A read of this day is mostly of the use two weeks before it. */
const middleDays = 15

export async function peersOf(ctx: Ctx): Promise<PeersAt> {
  const rows = await listPeerMonths(ctx.tx, addMonths(ctx.today, -40), ctx.today)
  const byMonth = new Map<string, PeerUse>()
  for (const { class: placeClass, size, monthNumber, p25, median, p75 } of rows)
    byMonth.set(`${placeClass}|${size}|${monthNumber}`, { p25, median, p75 })
  const use = (placeClass: string, size: string, month: number): PeerUse | null =>
    byMonth.get(`${placeClass}|${size}|${month}`) ?? byMonth.get(`${placeClass}|any|${month}`) ?? null
  const known = new Map<string, ReturnType<PeersAt>>()
  return (placeClass, size, day) => {
    const month = monthOfDay(day - middleDays)
    const key = `${placeClass}|${size}|${month}`
    let answer = known.get(key)
    if (!answer) {
      const now = use(placeClass, size, month)
      const yearAgo = use(placeClass, size, month - 12)
      answer = {
        use: now ?? yearAgo,
        seasonFactor: seasonFactor(now?.median ?? null, yearAgo?.median ?? null),
      }
      known.set(key, answer)
    }
    return answer
  }
}

/** Months since January 1970. */
function monthOfDay(day: number): number {
  const date = new Date(day * 86_400_000)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}
