import { addMonths, type LocalDate } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatNumber,
  InstantText,
  LocalDateText,
  Section,
  useUi,
} from '@curbstop/ui'
import { useMemo, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { VoidDialog } from './VoidDialog.tsx'

type Read = Output<typeof metering.listReads>[number]
type Period = Output<typeof metering.listUsagePeriods>[number]
type Row = Read & { period: Period | null }
type TableProps = { servicePointId: ServicePointId }

/** Five years back, as far as the reads of most meters reach. */
function usePeriods(servicePointId: ServicePointId) {
  const { today } = useUi()
  const from = today ? addMonths(today, -60) : undefined
  return useAsk(metering.listUsagePeriods, { servicePointId, ...(from ? { from } : {}) })
}

/** Every read of every meter that hung here, newest first, with its marks and the use it closes. */
export function ReadTable({ servicePointId }: TableProps) {
  const t = useWords('metering')
  const asked = useAsk(metering.listReads, { servicePointId })
  const periods = usePeriods(servicePointId)
  const columns = useReadColumns()
  const [voiding, setVoiding] = useState<Read | null>(null)
  const rows = useMemo<Row[]>(() => {
    const byEnd = new Map<LocalDate, Period>(periods.data?.map(period => [period.toOn, period]) ?? [])
    return (asked.data ?? []).map(read => ({
      ...read,
      period: read.voided || read.kind === 'exchange-in' ? null : (byEnd.get(read.readOn) ?? null),
    }))
  }, [asked.data, periods.data])
  return (
    <Section title={t('reads')}>
      <Answer of={asked} lines={12}>
        {() => (
          <DataTable
            label={t('reads')}
            columns={columns}
            rows={rows}
            rowKey={row => String(row.readId)}
            detail={row => <ReadDetail read={row} onVoid={() => setVoiding(row)} />}
            empty={<EmptyState title={t('noReads')}>{t('noReadsHelp')}</EmptyState>}
          />
        )}
      </Answer>
      {voiding && <VoidDialog read={voiding} onClose={() => setVoiding(null)} />}
    </Section>
  )
}

function useReadColumns(): Column<Row>[] {
  const t = useWords('metering')
  return useMemo(
    () => [
      {
        id: 'on',
        title: t('columns.on'),
        cell: row => <LocalDateText date={row.readOn} />,
        sort: row => row.readOn,
        text: row => row.readOn,
      },
      { id: 'meter', title: t('columns.meter'), cell: row => row.serial, text: row => row.serial },
      {
        id: 'value',
        title: t('columns.value'),
        align: 'end',
        cell: row => <span className={row.voided ? 'wb-void' : undefined}>{formatNumber(row.value)}</span>,
        text: row => row.value,
      },
      {
        id: 'kind',
        title: t('columns.kind'),
        cell: row => t(`readKind.${row.kind}`),
        text: row => row.kind,
      },
      {
        id: 'source',
        title: t('columns.source'),
        cell: row => <span className="cs-quiet">{t(`source.${row.source}`)}</span>,
        text: row => row.source,
      },
      { id: 'marks', title: t('columns.marks'), grow: true, cell: row => <Marks row={row} /> },
      {
        id: 'use',
        title: t('columns.use'),
        align: 'end',
        cell: row =>
          row.period?.gallons != null && t('gallonsOf', { amount: formatNumber(row.period.gallons) }),
        text: row => row.period?.gallons ?? '',
      },
      {
        id: 'daily',
        title: t('columns.daily'),
        align: 'end',
        cell: row =>
          row.period?.gallonsPerDay != null &&
          t('gallonsOf', { amount: formatNumber(Math.round(row.period.gallonsPerDay)) }),
        text: row => row.period?.gallonsPerDay ?? '',
      },
    ],
    [t],
  )
}

function Marks({ row }: { row: Row }) {
  const t = useWords('metering')
  const flags = row.period?.flags.filter(
    flag => flag !== 'estimated' && !(flag === 'rollover' && row.passedZero),
  )
  return (
    <span className="wb-marks">
      {row.voided && <Badge tone="red">{t('mark.voided')}</Badge>}
      {row.kind === 'estimated' && <Badge tone="amber">{t('mark.estimated')}</Badge>}
      {row.passedZero && <Badge tone="amber">{t('mark.zero')}</Badge>}
      {flags?.map(flag => (
        <Badge key={flag} tone={flag === 'negative' ? 'red' : 'amber'}>
          {t(`mark.${flag}`)}
        </Badge>
      ))}
      {row.note && <span className="cs-quiet">{row.note}</span>}
    </span>
  )
}

function ReadDetail({ read, onVoid }: { read: Read; onVoid: () => void }) {
  const t = useWords('metering')
  const mayRead = useMay('metering.read')
  const isExchange = read.kind === 'exchange-in' || read.kind === 'exchange-out'
  const why = read.voided
    ? t('whyNot.voided')
    : !mayRead
      ? t('whyNot.read')
      : isExchange
        ? t('whyNot.ofExchange')
        : null
  return (
    <div className="cs-spread wb-wrap">
      <span>
        <InstantText at={read.enteredAt} /> · {t(`source.${read.source}`)}
        {read.note && ` · ${read.note}`}
        {read.voided && (
          <>
            {' · '}
            <span className="cs-tone-red">{t('mark.voided')}</span> <InstantText at={read.voided.at} />:{' '}
            {read.voided.reason}
          </>
        )}
      </span>
      <Button disabledReason={why} onPress={onVoid}>
        {t('voidIt')}
      </Button>
    </div>
  )
}
