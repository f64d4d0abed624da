import type { Output } from '@curbstop/kernel/endpoint'
import { contacts } from '@curbstop/server/contract/staff'
import {
  Alert,
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  InstantText,
  Link,
  LocalDateText,
  Section,
  TextArea,
  useToast,
} from '@curbstop/ui'
import { type ComponentProps, useMemo, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import { Nothing } from './Nothing.tsx'
import { ActForm } from './TaskDialogs.tsx'

type Day = Output<typeof contacts.listContacts>
type Contact = Day['rows'][number]

/** Contacts of the day, as the filters on the left narrow them. */
export function ContactTable({ asked }: { asked: ComponentProps<typeof Answer<Day>>['of'] }) {
  const t = useWords('supervise')
  const columns = useContactColumns()
  return (
    <Section title={t('contacts')}>
      <Answer of={asked} lines={6}>
        {day => (
          <>
            {day.isCut && <Alert tone="quiet" title={t('cut')} />}
            <DataTable
              label={t('contacts')}
              columns={columns}
              rows={day.rows}
              rowKey={row => String(row.contactId)}
              detail={row => <ContactDetail contact={row} />}
              empty={<EmptyState title={t('contactsNone')}>{t('contactsHelp')}</EmptyState>}
            />
          </>
        )}
      </Answer>
    </Section>
  )
}

function useContactColumns(): Column<Contact>[] {
  const t = useWords('supervise')
  return useMemo(
    () => [
      {
        id: 'at',
        title: t('columns.at'),
        cell: row => <InstantText at={row.savedAt ?? row.startedAt} show="time" />,
        sort: row => row.savedAt ?? row.startedAt,
        text: row => row.savedAt ?? row.startedAt,
      },
      {
        id: 'person',
        title: t('columns.person'),
        cell: row => row.personName,
        sort: row => row.personName,
        text: row => row.personName,
      },
      {
        id: 'reason',
        title: t('columns.reason'),
        cell: row => (
          <>
            {row.reasonName} {row.isComplaint && <Badge tone="amber">{t('complaint')}</Badge>}
          </>
        ),
        sort: row => row.reasonName,
        text: row => row.reasonName ?? '',
      },
      {
        id: 'note',
        title: t('columns.note'),
        grow: true,
        wrap: true,
        cell: row => <span className="wb-note-cell">{row.note}</span>,
      },
      {
        id: 'outcome',
        title: t('columns.outcome'),
        cell: row => (row.outcome ? t(`outcome.${row.outcome}`) : ''),
        sort: row => row.outcome,
        text: row => row.outcome ?? '',
      },
    ],
    [t],
  )
}

function ContactDetail({ contact }: { contact: Contact }) {
  const t = useWords('supervise')
  const said = [
    t(`channel.${contact.channel}`),
    contact.callerName ? t('caller', { name: contact.callerName }) : null,
    contact.proven ? t(`proven.${contact.proven}`) : null,
  ].filter(Boolean)
  return (
    <div className="cs-stack">
      <p className="wb-prose">{contact.note}</p>
      <p className="cs-quiet">
        {said.join(' · ')}
        {contact.accountId && (
          <>
            {' · '}
            <Link href={paths.account(contact.accountId)}>{t('openAccount')}</Link>
          </>
        )}
      </p>
    </div>
  )
}

/** Complaints whose clock runs, on whatever day they came. */
export function ComplaintList() {
  const t = useWords('supervise')
  const asked = useAsk(contacts.listContacts, { only: 'open-complaints' })
  const [answering, setAnswering] = useState<Contact | null>(null)
  return (
    <Section title={t('complaints')}>
      <Answer of={asked} lines={2}>
        {day =>
          day.rows.length === 0 ? (
            <Nothing title={t('complaintsNone')} help={t('complaintsHelp')} />
          ) : (
            <ul className="cs-rows">
              {day.rows.map(row => (
                <li key={String(row.contactId)} className="cs-spread wb-wrap">
                  <span>
                    <Clock contact={row} /> <strong>{row.callerName ?? row.reasonName}</strong>
                    {` · ${row.personName} · `}
                    <span className="cs-quiet">{row.note}</span>
                    {row.accountId && (
                      <>
                        {' · '}
                        <Link href={paths.account(row.accountId)}>{t('openAccount')}</Link>
                      </>
                    )}
                  </span>
                  <Button onPress={() => setAnswering(row)}>{t('answer')}</Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {answering && <ComplaintDialog contact={answering} onClose={() => setAnswering(null)} />}
    </Section>
  )
}

function Clock({ contact: { complaint } }: { contact: Contact }) {
  const t = useWords('supervise')
  if (!complaint) return null
  const left = complaint.daysLeft
  const words =
    left === null
      ? ''
      : left < 0
        ? t('daysLate', { count: -left })
        : left === 0
          ? t('dueToday')
          : t('daysLeft', { count: left })
  return (
    <Badge tone={left !== null && left < 0 ? 'red' : 'amber'}>
      {words} · <LocalDateText date={complaint.dueOn} />
    </Badge>
  )
}

function ComplaintDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useWords('supervise')
  const toasts = useToast()
  const refresh = useRefreshArea('contacts', 'reports')
  const asked = useDo(contacts.answerComplaint)
  const [answer, setAnswer] = useState('')
  const submit = () =>
    asked.mutate(
      { contactId: contact.contactId, answer },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('answered') })
          onClose()
        },
      },
    )
  return (
    <ActForm
      title={t('answerTitle')}
      doIt={t('answerDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['answer']}
    >
      <p className="wb-prose">{contact.note}</p>
      <TextArea
        label={t('answerText')}
        name="answer"
        value={answer}
        onChange={setAnswer}
        rows={4}
        autoFocus
      />
    </ActForm>
  )
}
