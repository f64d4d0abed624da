import { formatDollars } from '@curbstop/kernel/money'
import { Badge, type Column, DataTable } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { CaseView } from './use-case.ts'

type Row = CaseView['fixtures'][number]
type TableProps = {
  rows: readonly Row[]
  billUnit: string
  chosen: string | null
  onChoose: (code: string | null) => void
}

/** What fixtures lose, and what that costs on this account; the ones near the unexplained use are marked. */
export function FixtureTable({ rows, billUnit, chosen, onChoose }: TableProps) {
  const t = useWords('investigations')
  const range = (low: string | number, high: string | number) =>
    low === high ? String(low) : t('leak.fixtures.range', { low, high })
  const cost = ({ cost }: Row) =>
    cost ? range(formatDollars(cost.lowCents), formatDollars(cost.highCents)) : ''
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('leak.fixtures.name'),
      grow: true,
      wrap: true,
      text: row => row.name,
      cell: row => (
        <>
          {row.name} {row.fits && <Badge tone="amber">{t('leak.fixtures.fits')}</Badge>}
        </>
      ),
    },
    {
      id: 'day',
      title: t('leak.fixtures.perDay'),
      align: 'end',
      text: row => row.highGallonsPerDay,
      cell: row => range(row.lowGallonsPerDay, row.highGallonsPerDay),
    },
    {
      id: 'month',
      title: t('leak.fixtures.perMonth', { unit: billUnit.toUpperCase() }),
      align: 'end',
      text: row => row.highUnitsPerMonth,
      cell: row => range(row.lowUnitsPerMonth, row.highUnitsPerMonth),
    },
    { id: 'cost', title: t('leak.fixtures.cost'), align: 'end', text: cost, cell: cost },
  ]
  return (
    <DataTable
      bare
      label={t('leak.fixture')}
      columns={columns}
      rows={rows}
      rowKey={row => row.code}
      selected={new Set(chosen ? [chosen] : [])}
      onSelectedChange={next => onChoose([...next].find(code => code !== chosen) ?? null)}
      onOpen={row => onChoose(row.code)}
    />
  )
}
