import { addDays, addMonths, dayOfWeek, daysInMonth, type LocalDate } from '@curbstop/kernel/dates'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import { formatDate } from './dateFormat.ts'
import { useStrings } from './UiProvider.tsx'

export type CalendarProps = {
  value: LocalDate | null
  today: LocalDate | null
  min?: LocalDate | undefined
  max?: LocalDate | undefined
  isClosed?: ((date: LocalDate) => boolean) | undefined
  onChoose: (date: LocalDate) => void
}

const moves: Record<string, (date: LocalDate) => LocalDate> = {
  ArrowLeft: date => addDays(date, -1),
  ArrowRight: date => addDays(date, 1),
  ArrowUp: date => addDays(date, -7),
  ArrowDown: date => addDays(date, 7),
  PageUp: date => addMonths(date, -1),
  PageDown: date => addMonths(date, 1),
  Home: date => addDays(date, -dayOfWeek(date)),
  End: date => addDays(date, 6 - dayOfWeek(date)),
}

/** The weeks that show a month, Sunday first. */
export function weeksOf(date: LocalDate): LocalDate[][] {
  const first = `${date.slice(0, 7)}-01` as LocalDate
  const lead = dayOfWeek(first)
  const days = daysInMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7)))
  const start = addDays(first, -lead)
  return Array.from({ length: Math.ceil((lead + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day)),
  )
}

/** One month as a grid with a moving focus: arrows by day and week, Page keys by month. */
export function Calendar({ value, today, min, max, isClosed, onChoose }: CalendarProps) {
  const strings = useStrings()
  const [focused, setFocused] = useState<LocalDate>(value ?? today ?? ('2026-01-01' as LocalDate))
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(true)
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus()
    moved.current = false
  }, [focused])
  const refused = (date: LocalDate) => Boolean((min && date < min) || (max && date > max) || isClosed?.(date))
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    moved.current = true
    setFocused(move)
  }
  const month = `${strings.calendar.months[Number(focused.slice(5, 7)) - 1]} ${focused.slice(0, 4)}`
  const day = (date: LocalDate) => (
    <td key={date}>
      <button
        type="button"
        data-date={date}
        tabIndex={date === focused ? 0 : -1}
        className={classes(
          'cs-day',
          date.slice(0, 7) !== focused.slice(0, 7) && 'cs-day-other',
          date === today && 'cs-day-today',
        )}
        aria-label={formatDate(date, strings)}
        aria-pressed={date === value}
        aria-current={date === today ? 'date' : undefined}
        aria-disabled={refused(date) || undefined}
        onClick={() => refused(date) || onChoose(date)}
      >
        {Number(date.slice(8, 10))}
      </button>
    </td>
  )
  return (
    <div className="cs-calendar">
      <div className="cs-calendar-head">
        <IconButton
          icon="left"
          label={strings.calendar.previousMonth}
          onPress={() => setFocused(date => addMonths(date, -1))}
        />
        <span aria-live="polite">{month}</span>
        <IconButton
          icon="right"
          label={strings.calendar.nextMonth}
          onPress={() => setFocused(date => addMonths(date, 1))}
        />
      </div>
      <table ref={grid} aria-label={month} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {strings.calendar.weekdays.map(name => (
              <th key={name} scope="col">
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(focused).map(week => (
            <tr key={week[0]}>{week.map(day)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
