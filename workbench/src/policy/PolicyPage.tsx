import '../desk/desk.css'
import './policy.css'
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import { policy } from '@curbstop/server/contract/staff'
import {
  type Column,
  Columns,
  DataTable,
  DateField,
  EmptyState,
  formatDate,
  IconButton,
  LocalDateText,
  SearchField,
  Section,
  useUi,
} from '@curbstop/ui'
import { useDeferredValue, useMemo, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import { useValueWords } from './value-words.ts'

type Rule = Output<typeof policy.findRules>[number]

/** Every rule the program decides by: its words, its value, where it stands, since when. */
export function PolicyPage() {
  const t = useWords('policy')
  const { today } = useUi()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const [on, setOn] = useState<LocalDate | null>(null)
  const asked = useAsk(
    policy.findRules,
    { ...(on ? { on } : {}), ...(words ? { words } : {}) },
    { keepPrevious: true, staleTime: 300_000 },
  )
  const columns = useRuleColumns()
  return (
    <Columns right={<ClosedDays />} rightLabel={t('closed', { year: '' }).trim()}>
      <div className="wb-head">
        <h1>{t('title')}</h1>
        <span className="cs-quiet" role="status">
          {asked.data && t('found', { count: asked.data.length })}
        </span>
      </div>
      <div className="wb-policy-ask">
        <SearchField
          label={t('search')}
          placeholder={t('placeholder')}
          value={typed}
          onChange={setTyped}
          autoFocus
        />
        <DateField
          label={t('on')}
          hideLabel
          optional
          value={on ?? today}
          onChange={next => setOn(next === today ? null : next)}
        />
      </div>
      <Answer of={asked} lines={12}>
        {rules => (
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rules}
            rowKey={rule => `${rule.code}-${rule.effectiveFrom}`}
            detail={rule => <RuleDetail rule={rule} />}
            empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
          />
        )}
      </Answer>
    </Columns>
  )
}

function useRuleColumns(): Column<Rule>[] {
  const t = useWords('policy')
  const inWords = useValueWords()
  return useMemo(
    () => [
      { id: 'code', title: t('columns.code'), cell: r => r.code, sort: r => r.code, text: r => r.code },
      {
        id: 'name',
        title: t('columns.name'),
        grow: true,
        wrap: true,
        cell: r => <span className="wb-wide-cell">{r.name}</span>,
        sort: r => r.name,
        text: r => r.name,
      },
      {
        id: 'value',
        title: t('columns.value'),
        width: '210px',
        wrap: true,
        cell: r => shortened(inWords(r.value, r.unit)),
        text: r => inWords(r.value, r.unit),
      },
      {
        id: 'authority',
        title: t('columns.authority'),
        cell: r => t(`authority.${r.authority}`),
        sort: r => r.authority,
        text: r => r.authority,
      },
      {
        id: 'citation',
        title: t('columns.citation'),
        width: '260px',
        wrap: true,
        cell: r => <span className="cs-quiet">{r.citation}</span>,
        text: r => r.citation,
      },
    ],
    [t, inWords],
  )
}

/** A table of values stands whole in the unfolded row; here only its beginning. */
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 58)} …` : text)

function RuleDetail({ rule }: { rule: Rule }) {
  const t = useWords('policy')
  const { strings, today } = useUi()
  const whole = useValueWords()(rule.value, rule.unit)
  const day = (date: LocalDate) => formatDate(date, strings, { today })
  const to = rule.effectiveTo ? `, ${t('until', { to: day(rule.effectiveTo) })}` : ''
  return (
    <div className="cs-stack">
      <p className="wb-prose">{rule.text}</p>
      {whole.length > 60 && <p className="wb-prose">{whole}</p>}
      <p className="cs-quiet">{`${t('from', { from: day(rule.effectiveFrom) })}${to} · ${rule.citation}`}</p>
    </div>
  )
}

function ClosedDays() {
  const t = useWords('policy')
  const { today } = useUi()
  const [year, setYear] = useState(Number((today ?? '2026').slice(0, 4)))
  const asked = useAsk(policy.listClosedDays, { year }, { staleTime: 300_000 })
  return (
    <Section
      title={t('closed', { year })}
      actions={
        <>
          <IconButton icon="left" small label={t('earlier')} onPress={() => setYear(year - 1)} />
          <IconButton icon="right" small label={t('later')} onPress={() => setYear(year + 1)} />
        </>
      }
    >
      <Answer of={asked} lines={6}>
        {days =>
          days.length === 0 ? (
            <EmptyState title={t('closedNone', { year })}>{t('closedHelp')}</EmptyState>
          ) : (
            <ul className="cs-rows">
              {days.map(day => (
                <li key={day.on} className="cs-spread" title={day.citation}>
                  <LocalDateText date={day.on} />
                  <span className="wb-end">{day.name}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Section>
  )
}
