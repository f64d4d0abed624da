/** Which bills rest on a read, in words. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { dateText } from './words.ts'

/** `ends`: the bill's last read. `begins`: its first. `inside`: between the two, when a bill covers several reads. */
export type BillOfRead = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly place: 'begins' | 'inside' | 'ends'
}

const verbs = { begins: 'begins with it', inside: 'counts with it', ends: 'ends with it' } as const

/** `The bill Sep 10 2026 – Oct 10 2026 ends with it; the bill Oct 10 2026 – Nov 10 2026 begins with it.` */
export function billsOfReadText(bills: readonly BillOfRead[]): string {
  const parts = bills.map(
    ({ fromOn, toOn, place }) => `the bill ${dateText(fromOn)} – ${dateText(toOn)} ${verbs[place]}`,
  )
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
