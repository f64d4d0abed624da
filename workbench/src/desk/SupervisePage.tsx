import './desk.css'
import type { LocalDate } from '@curbstop/kernel/dates'
import { contacts } from '@curbstop/server/contract/staff'
import { Columns, DateField, EmptyState, formatDate, LinkButton, phoneWidth, useUi } from '@curbstop/ui'
import { useRef, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { ComplaintList, ContactTable } from './DayContacts.tsx'
import { ByPerson, ByReason, type DayFilter, WorkByPerson } from './DayFilters.tsx'
import { LateOrders, LateTasks, TasksToDecide } from './DayWork.tsx'
import { ProtectionsWaiting } from './ProtectionsWaiting.tsx'

/** What happened today, and what waits for the supervisor: decide first, then look. */
export function SupervisePage() {
  const t = useWords('supervise')
  const { today, strings } = useUi()
  const [on, setOn] = useState<LocalDate | null>(today)
  const [filter, setFilter] = useState<DayFilter>({ personId: null, reason: null })
  const table = useRef<HTMLDivElement>(null)
  // On a phone what is chosen stands far below: it comes into sight.
  const choose = (next: DayFilter) => {
    setFilter(next)
    if (!matchMedia(phoneWidth).matches) return
    table.current?.scrollIntoView()
    table.current?.focus({ preventScroll: true })
  }
  const maySupervise = useMay('desk.supervise')
  const mayProtect = useMay('customers.protect')
  const day = useAsk(contacts.listContacts, on ? { on } : {}, { enabled: maySupervise, keepPrevious: true })
  const shown = useAsk(
    contacts.listContacts,
    {
      ...(on ? { on } : {}),
      ...(filter.personId ? { personId: filter.personId } : {}),
      ...(filter.reason ? { reason: filter.reason } : {}),
    },
    { enabled: maySupervise, keepPrevious: true },
  )
  if (!maySupervise) {
    return (
      <Columns>
        <EmptyState title={t('forbidden')} />
      </Columns>
    )
  }
  return (
    <Columns
      leftLabel={t('people')}
      left={
        <>
          <DateField
            label={t('day')}
            value={on}
            onChange={next => setOn(next ?? today)}
            {...(today ? { max: today } : {})}
          />
          <Answer of={day} lines={5}>
            {answer => (
              <>
                <ByPerson day={answer} filter={filter} onFilter={choose} />
                <ByReason day={answer} filter={filter} onFilter={choose} />
              </>
            )}
          </Answer>
          <WorkByPerson />
        </>
      }
    >
      <div className="wb-head">
        <h1>{t('title', { on: on ? formatDate(on, strings, { today }) : '' })}</h1>
      </div>
      {mayProtect && <ProtectionsWaiting />}
      <TasksToDecide />
      <ComplaintList />
      <LateOrders />
      <LateTasks />
      <div ref={table} className="cs-stack" tabIndex={-1}>
        <span className="cs-phone-only">
          <LinkButton onPress={() => window.scrollTo(0, 0)}>{t('backToPeople')}</LinkButton>
        </span>
        <ContactTable asked={shown} />
      </div>
    </Columns>
  )
}
