import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { formatDate, partsAt } from './dateFormat.ts'
import { useUi } from './UiProvider.tsx'

/** A business date: `Thu Dec 4`, with its year when that is not this year. `short` leaves out the weekday. */
export function LocalDateText({ date, short = false }: { date: LocalDate; short?: boolean }) {
  const { strings, today } = useUi()
  return (
    <time className="cs-date" dateTime={date}>
      {formatDate(date, strings, { today, short })}
    </time>
  )
}

export type InstantTextProps = { at: Instant; show?: 'time' | 'date' | 'both' }

/** A moment on the district's wall: `Thu Dec 4 · 10:42`. */
export function InstantText({ at, show = 'both' }: InstantTextProps) {
  const { strings, today, timeZone } = useUi()
  const { date, time } = partsAt(at, timeZone)
  const day = formatDate(date, strings, { today })
  return (
    <time className="cs-date" dateTime={at}>
      {show === 'time' ? time : show === 'date' ? day : `${day} · ${time}`}
    </time>
  )
}
