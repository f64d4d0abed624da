import '../../../desk/desk.css'
import '../book.css'
import { addMonths, type LocalDate } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import {
  type Column,
  Columns,
  DataTable,
  EmptyState,
  Money,
  Section,
  SegmentedControl,
  useUi,
} from '@curbstop/ui'
import { useMemo, useState } from 'react'
import { Answer } from '../../../shell/Answer.tsx'
import { useAsk } from '../../../shell/ask.ts'
import { useDeeds } from '../../../shell/keys.ts'
import { useWords } from '../../../shell/words.ts'
import { BookTabs } from '../BookTabs.tsx'
import { isTunable, limitsOf, overruledShare } from './limits.ts'
import { Readers } from './Readers.tsx'
import { TryLimits } from './TryLimits.tsx'

export type Outcome = Output<typeof metering.listRuleOutcomes>[number]
export type Span = { readonly from: LocalDate; readonly to: LocalDate }

const focusRow = () => document.querySelector<HTMLElement>('#cs-page tr.cs-row')?.focus()

/** What the rules caught and how often people overruled them; other limits tried on a month before they are set. */
export function ReadRulesPage() {
  const t = useWords('readRules')
  const { today } = useUi()
  const [months, setMonths] = useState<'1' | '3' | '12'>('3')
  useDeeds([{ id: 'rules-walk', title: t('walk'), keys: 'j', section: t('section'), run: focusRow }])
  if (!today) return null
  const span = { from: addMonths(today, -Number(months)), to: today }
  return (
    <Columns>
      <BookTabs />
      <div className="wb-head">
        <h1>{t('title')}</h1>
        <span className="wb-head-end">
          <SegmentedControl<'1' | '3' | '12'>
            small
            label={t('months')}
            options={(['1', '3', '12'] as const).map(id => ({
              id,
              label: t('month', { count: Number(id) }),
            }))}
            value={months}
            onChange={setMonths}
          />
        </span>
      </div>
      <Rules span={span} />
      <Readers span={span} />
    </Columns>
  )
}

function Rules({ span }: { span: Span }) {
  const t = useWords('readRules')
  const asked = useAsk(metering.listRuleOutcomes, span, { keepPrevious: true })
  const columns = useRuleColumns()
  return (
    <Section title={t('rules')}>
      <p className="cs-quiet">{t('rulesHelp')}</p>
      <Answer of={asked} lines={8}>
        {outcomes => (
          <DataTable
            label={t('rules')}
            columns={columns}
            rows={outcomes}
            rowKey={row => row.rule}
            detail={row => <RuleDetail outcome={row} />}
            empty={<EmptyState title={t('empty')} />}
          />
        )}
      </Answer>
    </Section>
  )
}

function RuleDetail({ outcome }: { outcome: Outcome }) {
  const t = useWords('readRules')
  return (
    <div className="cs-stack">
      {outcome.citation && (
        <p className="cs-quiet wb-prose">{t('citation', { citation: outcome.citation })}</p>
      )}
      {isTunable(outcome.rule) ? (
        <TryLimits rule={outcome.rule} outcome={outcome} />
      ) : (
        <p className="cs-quiet">{t('cannotTune')}</p>
      )}
    </div>
  )
}

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 100)} %`)

function useRuleColumns(): Column<Outcome>[] {
  const t = useWords('readRules')
  return useMemo(() => {
    const number = (id: 'found' | 'open' | 'upheld' | 'overruled'): Column<Outcome> => ({
      id,
      title: t(`columns.${id}`),
      align: 'end',
      cell: row => row[id],
      sort: row => row[id],
      text: row => row[id],
    })
    const limit = (row: Outcome) =>
      isTunable(row.rule)
        ? Object.entries(limitsOf(row.value))
            .map(([name, value]) => t(`short.${name as 'value'}`, { value }))
            .join(' · ')
        : ''
    return [
      {
        id: 'rule',
        title: t('columns.rule'),
        cell: row => row.rule,
        sort: row => row.rule,
        text: row => row.rule,
      },
      {
        id: 'name',
        title: t('columns.name'),
        grow: true,
        wrap: true,
        cell: row => row.name,
        text: row => row.name,
      },
      { id: 'limit', title: t('columns.limit'), cell: limit, text: limit },
      number('found'),
      number('open'),
      number('upheld'),
      number('overruled'),
      {
        id: 'share',
        title: t('columns.share'),
        align: 'end',
        cell: row => percent(overruledShare(row)),
        sort: row => overruledShare(row),
        text: row => percent(overruledShare(row)),
      },
      {
        id: 'cents',
        title: t('columns.cents'),
        align: 'end',
        cell: row => <Money cents={row.cents} column />,
        sort: row => row.cents,
        text: row => row.cents,
      },
    ]
  }, [t])
}
