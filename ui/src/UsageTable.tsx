import { toCsv } from './csv.ts'
import { DataTable } from './DataTable.tsx'
import { formatNumber } from './Quantity.tsx'
import type { UiStrings } from './strings.ts'
import type { Column } from './tableTypes.ts'
import type { UsageEvent, UsagePoint } from './usageLayout.ts'

type Names = UiStrings['chart']

export type UsageTableProps = {
  label: string
  points: readonly UsagePoint[]
  events: readonly UsageEvent[]
  names: Names
  unit: string
}

const bandText = ({ band }: UsagePoint): string =>
  band ? `${formatNumber(band.low)} – ${formatNumber(band.high)}` : ''

function columnsOf({ points, events, names, unit }: Omit<UsageTableProps, 'label'>): Column<UsagePoint>[] {
  const number = (
    id: keyof UsagePoint & ('value' | 'lastYear' | 'peer' | 'budget' | 'secondary'),
    title: string,
  ) => ({
    id,
    title,
    align: 'end' as const,
    cell: (point: UsagePoint) => (point[id] == null ? '' : formatNumber(point[id])),
    text: (point: UsagePoint) => point[id] ?? '',
  })
  const has = (test: (point: UsagePoint) => boolean) => points.some(test)
  const notes = (point: UsagePoint) =>
    [
      point.estimated && names.estimated,
      point.note,
      ...events.filter(event => event.at === point.id).map(event => event.label),
    ]
      .filter(Boolean)
      .join(' · ')
  return [
    { id: 'period', title: names.period, cell: point => point.title, text: point => point.title },
    number('value', `${names.value}, ${unit}`),
    ...(has(point => point.lastYear != null) ? [number('lastYear', names.lastYear)] : []),
    ...(has(point => point.band != null)
      ? [
          {
            id: 'band',
            title: names.band,
            align: 'end' as const,
            cell: bandText,
            text: bandText,
          },
        ]
      : []),
    ...(has(point => point.peer != null) ? [number('peer', names.peer)] : []),
    ...(has(point => point.budget != null) ? [number('budget', names.budget)] : []),
    ...(has(point => point.secondary != null) ? [number('secondary', names.secondary)] : []),
    ...(has(point => Boolean(point.payment))
      ? [
          {
            id: 'payment',
            title: names.payment,
            cell: (point: UsagePoint) => point.payment?.text ?? '',
            text: (point: UsagePoint) => point.payment?.text ?? '',
          },
        ]
      : []),
    { id: 'note', title: names.note, cell: notes, text: notes, grow: true },
  ]
}

/** The chart's twin for eyes that rather read. */
export function UsageTable({ label, ...props }: UsageTableProps) {
  return <DataTable label={label} columns={columnsOf(props)} rows={props.points} rowKey={point => point.id} />
}

/** Every figure of the chart as CSV. */
export function usageCsv(props: Omit<UsageTableProps, 'label'>): string {
  const columns = columnsOf(props)
  return toCsv([
    columns.map(column => column.title),
    ...props.points.map(point => columns.map(column => column.text!(point))),
  ])
}
