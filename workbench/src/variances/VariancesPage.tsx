import '../desk/desk.css'
import './variances.css'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { variances } from '@curbstop/server/contract/staff'
import {
  Alert,
  Badge,
  type Column,
  Columns,
  DataTable,
  EmptyState,
  LocalDateText,
  Section,
  Select,
} from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useDeeds } from '../shell/keys.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { type Kind, kinds } from './draft.ts'

type Row = Output<typeof variances.listVariances>['rows'][number]
type Show = NonNullable<Input<typeof variances.listVariances>['show']>
const shows = ['waiting', 'late', 'mine-to-decide', 'expiring', 'decided'] as const satisfies readonly Show[]

/** Requests by what is due: the clock of WB-035 is the order of the list. */
export function VariancesPage() {
  const t = useWords('variances')
  const [show, setShow] = useState<Show>('waiting')
  const [kind, setKind] = useState<Kind | 'all'>('all')
  const asked = useAsk(
    variances.listVariances,
    { show, ...(kind === 'all' ? {} : { kind }) },
    { keepPrevious: true },
  )
  const focusRow = () => document.querySelector<HTMLElement>('#cs-page tr.cs-row')?.focus()
  useDeeds([
    { id: 'variances-walk', title: t('list.walk'), keys: 'j', section: t('list.title'), run: focusRow },
  ])
  return (
    <Columns
      leftLabel={t('list.filters')}
      left={
        <Section title={t('list.filters')}>
          <div className="wb-choices">
            {shows.map(one => (
              <button
                key={one}
                type="button"
                className="wb-choice"
                aria-pressed={one === show}
                onClick={() => setShow(one)}
              >
                <span>{t(`list.show.${one}`)}</span>
              </button>
            ))}
          </div>
          <Select<Kind | 'all'>
            label={t('list.kind')}
            value={kind}
            onChange={setKind}
            options={[
              { id: 'all', label: t('list.allKinds') },
              ...kinds.map(id => ({ id, label: t(`kinds.${id}`) })),
            ]}
          />
        </Section>
      }
    >
      <div className="wb-head">
        <h1>{t('list.title')}</h1>
      </div>
      <Answer of={asked} lines={10}>
        {answer => (
          <>
            {answer.more && <Alert tone="quiet" title={t('list.more')} />}
            <VarianceTable rows={answer.rows} show={show} />
          </>
        )}
      </Answer>
    </Columns>
  )
}

function VarianceTable({ rows, show }: { rows: readonly Row[]; show: Show }) {
  const t = useWords('variances')
  const navigate = useNavigate()
  const columns = useColumns(show === 'expiring')
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      rows={rows}
      rowKey={row => String(row.varianceId)}
      onOpen={row => void navigate({ to: paths.variance(row.accountId, row.varianceId) })}
      empty={<EmptyState title={t('list.empty')}>{t('list.emptyHelp')}</EmptyState>}
    />
  )
}

function useColumns(showsEnd: boolean): Column<Row>[] {
  const t = useWords('variances')
  return useMemo(() => {
    const asks = (row: Row) =>
      row.kind === null ? t('list.private') : `${t(`kinds.${row.kind}`)} · ${row.asks}`
    const name = (row: Row) => row.customerName || t('list.hiddenName')
    const due: Column<Row> = {
      id: 'due',
      title: t('list.columns.due'),
      cell: row => (
        <span className={row.clock === 'late' || row.clock === 'alert' ? 'cs-tone-amber' : undefined}>
          <LocalDateText date={row.dueOn} />
          {(row.clock === 'late' || row.clock === 'alert') && ` · ${t(`clock.${row.clock}`)}`}
        </span>
      ),
      sort: row => row.dueOn,
      text: row => row.dueOn,
    }
    const ends: Column<Row> = {
      id: 'ends',
      title: t('list.columns.ends'),
      cell: row => row.expiresOn && <LocalDateText date={row.expiresOn} />,
      sort: row => row.expiresOn,
      text: row => row.expiresOn ?? '',
    }
    return [
      showsEnd ? ends : due,
      {
        id: 'customer',
        title: t('list.columns.customer'),
        cell: row => `${name(row)} · ${row.accountNumber}`,
        sort: row => name(row),
        text: row => name(row),
      },
      {
        id: 'asks',
        title: t('list.columns.asks'),
        grow: true,
        wrap: true,
        cell: asks,
        sort: asks,
        text: asks,
      },
      {
        id: 'state',
        title: t('list.columns.state'),
        cell: row => <Badge>{t(`states.${row.state}`)}</Badge>,
        sort: row => row.state,
        text: row => t(`states.${row.state}`),
      },
      {
        id: 'decides',
        title: t('list.columns.decides'),
        cell: row => t(`levels.${row.decidedBy as 'advisor'}`),
        sort: row => row.decidedBy,
        text: row => row.decidedBy,
      },
      {
        id: 'age',
        title: t('list.columns.age'),
        cell: row => t('list.days', { count: row.ageDays }),
        sort: row => row.ageDays,
        text: row => String(row.ageDays),
      },
    ]
  }, [t, showsEnd])
}
