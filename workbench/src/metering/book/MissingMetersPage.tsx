import '../../desk/desk.css'
import './book.css'
import { isLocalDate, type LocalDate } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import {
  Alert,
  Button,
  type Column,
  Columns,
  ConfirmDialog,
  DataTable,
  EmptyState,
  formatDate,
  InstantText,
  Link,
  LocalDateText,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { useAsk, useDo } from '../../shell/ask.ts'
import { useDeeds } from '../../shell/keys.ts'
import { MissingPage } from '../../shell/MissingPage.tsx'
import { paths } from '../../shell/paths.ts'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { BookBar } from './BookChoices.tsx'
import { BookTabs } from './BookTabs.tsx'
import type { BookDay } from './shapes.ts'

type Row = Output<typeof metering.listMissing>[number]

/** The meters of a book that nobody read, in the order of the walk; the list for the reader, and the book's end. */
export function MissingMetersPage() {
  const { bookId = '', dueOn = '' } = useParams({ strict: false }) as { bookId?: string; dueOn?: string }
  if (!/^[1-9]\d{0,8}$/.test(bookId) || !isLocalDate(dueOn)) return <MissingPage />
  return <OneBook key={`${bookId} ${dueOn}`} bookId={Number(bookId)} dueOn={dueOn as LocalDate} />
}

function OneBook({ bookId, dueOn }: { bookId: number; dueOn: LocalDate }) {
  const t = useWords('readBook')
  const days = useAsk(metering.listBookDays, { on: dueOn })
  const missing = useAsk(metering.listMissing, { bookId, dueOn })
  const day = days.data?.find(one => one.bookId === bookId && one.dueOn === dueOn) ?? null
  return (
    <Columns>
      <BookTabs />
      <Answer of={days} lines={2}>
        {() =>
          day ? (
            <Head day={day} rows={missing.data ?? null} />
          ) : (
            <Alert tone="quiet" title={t('missing.unknown')} />
          )
        }
      </Answer>
      <Answer of={missing} lines={8}>
        {rows => <MissingTable rows={rows} />}
      </Answer>
    </Columns>
  )
}

function Head({ day, rows }: { day: BookDay; rows: readonly Row[] | null }) {
  const t = useWords('readBook')
  const { strings, today } = useUi()
  const [isClosing, setClosing] = useState(false)
  const mayJudge = useMay('metering.judge')
  const { blocking, closedAt, closedBy, missing, skipped, expected } = day
  const why = closedAt
    ? t('why.decided')
    : !mayJudge
      ? t('why.judge')
      : blocking > 0
        ? t('missing.blocked', { count: blocking })
        : null
  const section = t('section')
  useDeeds([
    { id: 'missing-print', title: t('missing.print'), keys: 'p', section, run: () => window.print() },
    {
      ...{ id: 'missing-close', title: t('missing.close'), keys: 'q', section },
      run: () => setClosing(true),
      ...(why ? { blocked: why } : {}),
    },
  ])
  return (
    <div className="cs-stack">
      <div className="wb-head">
        <h1>
          {t('missing.title', {
            code: day.code,
            name: day.name,
            on: formatDate(day.dueOn, strings, { today, short: true }),
          })}
        </h1>
        <span className="wb-head-end cs-no-print">
          <Link href={paths.readBook}>{t('list.back')}</Link>
          <Button kbd="p" onPress={() => window.print()}>
            {t('missing.print')}
          </Button>
          <Button kbd="q" disabledReason={why} onPress={() => setClosing(true)}>
            {t('missing.close')}
          </Button>
        </span>
      </div>
      <BookBar day={day} />
      <p className="cs-quiet">{t('missing.says', { missing, skipped, expected })}</p>
      {closedAt && (
        <p className="cs-quiet">
          {closedBy} · <InstantText at={closedAt} />
        </p>
      )}
      {isClosing && rows && <CloseDialog day={day} unread={rows.length} onClose={() => setClosing(false)} />}
    </div>
  )
}

function CloseDialog({ day, unread, onClose }: { day: BookDay; unread: number; onClose: () => void }) {
  const t = useWords('readBook')
  const toasts = useToast()
  const refresh = useRefreshArea('metering')
  const close = useDo(metering.closeRound)
  const { bookId, dueOn } = day
  const confirm = async () => {
    await close.mutateAsync({ bookId, dueOn, missing: unread }).finally(refresh)
    toasts.show({ text: t('missing.done') })
  }
  return (
    <ConfirmDialog
      isOpen
      title={`${t('missing.close')} ${day.code}`}
      confirmLabel={t('missing.closeNow', { count: unread })}
      errorText={error => (error as Error).message}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t('missing.closeSays', { count: unread })}</p>
    </ConfirmDialog>
  )
}

function MissingTable({ rows }: { rows: readonly Row[] }) {
  const t = useWords('readBook')
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: 'sequence',
        title: t('missing.columns.sequence'),
        align: 'end',
        cell: row => row.sequence,
        sort: row => row.sequence,
        text: row => row.sequence ?? '',
      },
      {
        id: 'address',
        title: t('missing.columns.address'),
        grow: true,
        cell: row => row.address,
        sort: row => row.address,
        text: row => row.address,
      },
      { id: 'serial', title: t('missing.columns.serial'), cell: row => row.serial, text: row => row.serial },
      {
        id: 'skip',
        title: t('missing.columns.skip'),
        cell: row => row.skipCode,
        sort: row => row.skipCode,
        text: row => row.skipCode ?? '',
      },
      {
        id: 'note',
        title: t('missing.columns.note'),
        wrap: true,
        cell: row => row.note,
        text: row => row.note ?? '',
      },
      {
        id: 'last',
        title: t('missing.columns.last'),
        cell: row => row.lastReadOn && <LocalDateText date={row.lastReadOn} />,
        sort: row => row.lastReadOn,
        text: row => row.lastReadOn ?? '',
      },
      {
        id: 'estimates',
        title: t('missing.columns.estimates'),
        align: 'end',
        cell: row => row.estimatesInRow || '',
        sort: row => row.estimatesInRow,
        text: row => row.estimatesInRow,
      },
    ],
    [t],
  )
  return (
    <DataTable
      label={t('books.missing')}
      columns={columns}
      rows={rows}
      rowKey={row => String(row.meterId)}
      empty={<EmptyState title={t('missing.none')}>{t('missing.noneHelp')}</EmptyState>}
    />
  )
}
