import type { Output } from '@curbstop/kernel/endpoint'
import { type contacts, desk } from '@curbstop/server/contract/staff'
import { Section } from '@curbstop/ui'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'

export type Day = Output<typeof contacts.listContacts>
export type DayFilter = { personId: Day['byPerson'][number]['personId'] | null; reason: string | null }
type FilterProps = { day: Day; filter: DayFilter; onFilter: (filter: DayFilter) => void }

export function ByPerson({ day, filter, onFilter }: FilterProps) {
  const t = useWords('supervise')
  const total = day.byPerson.reduce((sum, one) => sum + one.count, 0)
  return (
    <Section title={t('people')}>
      <Choices
        chosen={filter.personId === null ? null : String(filter.personId)}
        rows={[
          { id: null, name: t('everybody'), count: total },
          ...day.byPerson.map(one => ({ ...one, id: String(one.personId) })),
        ]}
        onChoose={id => {
          const found = day.byPerson.find(one => String(one.personId) === id)
          onFilter({ ...filter, personId: found?.personId ?? null })
        }}
      />
    </Section>
  )
}

export function ByReason({ day, filter, onFilter }: FilterProps) {
  const t = useWords('supervise')
  return (
    <Section title={t('reasons')}>
      <Choices
        chosen={filter.reason}
        rows={[
          { id: null, name: t('allReasons'), count: null },
          ...day.byReason.map(one => ({ ...one, id: one.reason })),
        ]}
        onChoose={reason => onFilter({ ...filter, reason })}
      />
    </Section>
  )
}

type ChoicesProps = {
  rows: readonly { id: string | null; name: string; count: number | null }[]
  chosen: string | null
  onChoose: (id: string | null) => void
}

function Choices({ rows, chosen, onChoose }: ChoicesProps) {
  return (
    <div className="wb-choices">
      {rows.map(row => (
        <button
          key={row.id ?? ''}
          type="button"
          className="wb-choice"
          aria-pressed={row.id === chosen}
          onClick={() => onChoose(row.id)}
        >
          <span>{row.name}</span>
          <span className="wb-choice-count">{row.count}</span>
        </button>
      ))}
    </div>
  )
}

/** Who has how much, and how much of it is late. */
export function WorkByPerson() {
  const t = useWords('supervise')
  const load = useAsk(desk.countByPerson, {})
  return (
    <Section title={t('load')}>
      <Answer of={load} lines={3}>
        {rows =>
          rows.length === 0 ? (
            <p className="cs-quiet">{t('loadNone')}</p>
          ) : (
            <ul>
              {rows.map(row => (
                <li key={String(row.person.personId)} className="cs-spread">
                  <span>{row.person.name}</span>
                  <span className={row.overdue > 0 ? 'cs-tone-amber' : 'cs-quiet'}>
                    {row.overdue > 0
                      ? t('loadLate', { open: row.open, overdue: row.overdue })
                      : t('loadOf', { open: row.open })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Section>
  )
}
