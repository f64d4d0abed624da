import { formatDay } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import type { billing } from '@curbstop/server/contract/staff'
import { type Column, DataTable, Money } from '@curbstop/ui'
import { useMemo } from 'react'
import { useWords } from '../shell/words.ts'
import { Opened } from './Opened.tsx'

export type Bill = Output<typeof billing.getBill>
export type Segment = Bill['segments'][number]
type Line = Segment['lines'][number]

/** Every line of a bill, service by service; each opens to the tariff's formula, its figures and where it stands. */
export function BillLines({ bill, billUnit }: { bill: Bill; billUnit: string }) {
  return (
    <div className="cs-stack">
      {bill.segments.map(segment => (
        <SegmentLines key={segment.segmentNo} segment={segment} billUnit={billUnit} />
      ))}
    </div>
  )
}

export function SegmentHead({ segment, billUnit }: { segment: Segment; billUnit: string }) {
  const t = useWords('billing')
  const used = segment.usageUnits ? ` · ${segment.usageUnits} ${billUnit.toUpperCase()}` : ''
  return (
    <h3 className="wb-segment-head">
      {t(`service.${segment.service}`)}
      <span className="cs-quiet">
        {` · ${t('bill.days', { days: segment.days })}${used}`}
        {segment.readKind ? ` · ${t(`readKind.${segment.readKind}`)}` : ''}
      </span>
    </h3>
  )
}

export function SegmentLines({ segment, billUnit }: { segment: Segment; billUnit: string }) {
  const t = useWords('billing')
  const columns = useLineColumns(segment)
  return (
    <div>
      <SegmentHead segment={segment} billUnit={billUnit} />
      <DataTable
        bare
        label={t(`service.${segment.service}`)}
        columns={columns}
        rows={segment.lines}
        rowKey={line => `${line.code}-${line.fromOn}-${line.price ?? ''}`}
        detail={line => <LineDetail line={line} />}
      />
    </div>
  )
}

/** `26.3` of a tariff reads as `26.30`; more than two decimals stand as they are. */
const dollarsOf = (price: string): string => {
  const [whole, decimals = ''] = price.split('.')
  return `${whole}.${decimals.padEnd(2, '0')}`
}

function useLineColumns(segment: Segment): Column<Line>[] {
  const t = useWords('billing')
  return useMemo(() => {
    const isCut = (line: Line) => line.fromOn !== segment.fromOn || line.toOn !== segment.toOn
    return [
      {
        id: 'label',
        title: t('line.label'),
        grow: true,
        wrap: true,
        text: line => line.label,
        cell: line => (
          <>
            {line.label}
            {isCut(line) && (
              <span className="cs-quiet cs-small">
                {` ${t('line.period', { from: formatDay(line.fromOn), to: formatDay(line.toOn) })}`}
              </span>
            )}
          </>
        ),
        footer: t('line.total'),
      },
      {
        id: 'quantity',
        title: t('line.quantity'),
        align: 'end',
        text: line => line.quantity ?? '',
        cell: line => (line.quantity ? `${line.quantity} ${line.unit ?? ''}` : ''),
        footer: '',
      },
      {
        id: 'price',
        title: t('line.price'),
        align: 'end',
        text: line => line.price ?? '',
        cell: line => (line.price ? `$${dollarsOf(line.price)}` : ''),
        footer: '',
      },
      {
        id: 'amount',
        title: t('line.amount'),
        align: 'end',
        text: line => line.cents,
        cell: line => <Money cents={line.cents} bare column />,
        footer: <Money cents={segment.cents} column />,
      },
    ]
  }, [t, segment])
}

const figuresText = (line: Line): string =>
  line.figures.map(one => `${one.name}=${one.value} ${one.unit ?? ''}`).join(';')

/** What a line opens to. Figures that stand under the line before it already are not told again. */
export function LineDetail({ line, before }: { line: Line; before?: Line | undefined }) {
  const t = useWords('billing')
  const { source } = line
  const isTold = before !== undefined && figuresText(before) === figuresText(line)
  return (
    <>
      <Opened
        arithmetic={line.arithmetic}
        figures={isTold ? [] : line.figures}
        citation={
          source
            ? t('line.source', {
                citation: source.citation,
                on: formatDay(source.effectiveFrom),
                className: source.className,
                part: source.part,
              })
            : null
        }
      />
      {line.formula && (
        <p className="cs-small">
          <span className="cs-quiet">{t('line.formula')}: </span>
          <code className="wb-formula">{line.formula}</code>
        </p>
      )}
    </>
  )
}
