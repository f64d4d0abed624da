import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { Calendar } from './Calendar.tsx'
import { parseDateEntry } from './dateEntry.ts'
import { formatDate } from './dateFormat.ts'
import { EntryField, type Reading } from './EntryField.tsx'
import type { FieldProps } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { useUi } from './UiProvider.tsx'

export type DateFieldProps = FieldProps & {
  value: LocalDate | null
  onChange: (date: LocalDate | null) => void
  min?: LocalDate
  max?: LocalDate
  /** A day that cannot be chosen in the calendar, such as a closed one. */
  isClosed?: (date: LocalDate) => boolean
}

/** A day, typed as `11/23`, `nov 23` or `t+3`, stepped with the arrows, or picked from the calendar. */
export function DateField({ min, max, isClosed, ...props }: DateFieldProps) {
  const { strings, today } = useUi()
  const [isOpen, setOpen] = useState(false)
  const inWords = (date: LocalDate) => formatDate(date, strings)
  const read = (text: string): Reading<LocalDate> => {
    if (text.trim() === '') return { value: null }
    const date = parseDateEntry(text, today)
    if (!date) return { wrong: strings.dateWrong }
    if (min && date < min) return { wrong: strings.dateBefore(inWords(min)) }
    if (max && date > max) return { wrong: strings.dateAfter(inWords(max)) }
    return { value: date }
  }
  const choose = (date: LocalDate) => {
    props.onChange(date)
    setOpen(false)
  }
  const picker = (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className="cs-icon-button" aria-label={`${strings.calendar.open}: ${props.label}`}>
        <Icon name="calendar" />
      </AriaButton>
      <Popover className="cs-popover" placement="bottom end">
        <Dialog aria-label={props.label} className="cs-dialog">
          <Calendar
            value={props.value}
            today={today}
            min={min}
            max={max}
            isClosed={isClosed}
            onChoose={choose}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
  return (
    <EntryField<LocalDate>
      {...props}
      read={read}
      write={inWords}
      suffix={props.readOnly ? undefined : picker}
      step={(date, direction) => (date ? addDays(date, direction) : today)}
    />
  )
}
