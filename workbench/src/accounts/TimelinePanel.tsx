import type { LocalDate } from '@curbstop/kernel/dates'
import { formatDollars } from '@curbstop/kernel/money'
import { reports } from '@curbstop/server/contract/staff'
import {
  Alert,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  formatDate,
  InstantText,
  Link,
  LinkButton,
  LocalDateText,
  Money,
  Section,
  SegmentedControl,
  useUi,
} from '@curbstop/ui'
import { type RefObject, useMemo, useState } from 'react'
import { noteStep } from '../contacts/steps.ts'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { isShown, kindWord, rowWords, usedBy, type Wording } from './timeline-words.ts'
import type { TimelineRow, View } from './view.ts'

const groups = ['all', 'money', 'reads', 'orders', 'contacts', 'edits'] as const
type Group = (typeof groups)[number]
const firstRows = 20
const rowsOfPage = 40

/** Everything that happened, newest first, by kind, and as it was known on a day the customer talks about. */
export function TimelinePanel({ view, root }: { view: View; root: RefObject<HTMLDivElement | null> }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  const { accountId } = view.account
  const [group, setGroup] = useState<Group>('all')
  const [asOf, setAsOf] = useState<LocalDate | null>(view.today)
  const [count, setCount] = useState(firstRows)
  const isPast = asOf !== null && asOf !== view.today
  const [isWhole, setWhole] = useState(false)
  const needsMore = isPast || isWhole || group !== 'all'
  const asked = useAsk(
    reports.getTimeline,
    { accountId, ...(isPast ? { asOf } : {}) },
    { enabled: needsMore, keepPrevious: true },
  )
  const all = needsMore && asked.data ? asked.data.rows : isPast ? [] : view.timeline
  const rows = useMemo(() => all.filter(row => isShown(row, group)), [all, group])
  const isLoading = needsMore && asked.isPending
  const wording = useWording(view)
  const columns = useTimelineColumns(wording)
  const choose = (next: Group) => {
    setGroup(next)
    setCount(firstRows)
    noteStep(accountId, { kind: 'opened-timeline', facts: {} })
  }
  return (
    <div ref={root} className="wb-timeline">
      <Section
        title={t('timeline.title')}
        actions={
          <>
            <SegmentedControl
              small
              label={t('timeline.filter')}
              options={groups.map(id => ({ id, label: t(`timeline.group.${id}`) }))}
              value={group}
              onChange={choose}
            />
            <div className="wb-as-of">
              <DateField
                label={t('timeline.asOf')}
                hideLabel
                optional
                value={asOf}
                onChange={setAsOf}
                max={view.today}
              />
            </div>
          </>
        }
      >
        {isPast && (
          <Alert
            tone="quiet"
            actions={<LinkButton onPress={() => setAsOf(view.today)}>{t('timeline.back')}</LinkButton>}
            title={
              asked.error?.message ??
              t('timeline.asOfNote', {
                on: formatDate(asOf, strings, { today }),
                amount: asked.data ? formatDollars(asked.data.balanceCents) : '…',
              })
            }
          />
        )}
        {rows.length > 0 || isLoading ? (
          <DataTable
            bare
            label={t('timeline.title')}
            columns={columns}
            rows={rows.slice(0, count)}
            rowKey={row => `${row.kind}-${row.ref?.id ?? ''}-${row.knownAt}-${row.on}-${row.cents ?? ''}`}
            loading={isLoading}
            detail={row => <TimelineDetail row={row} view={view} wording={wording} />}
          />
        ) : (
          <EmptyState title={isPast ? t('timeline.emptyAsOf') : t('timeline.empty')}>
            <span>{t('timeline.emptyHelp')}</span>
          </EmptyState>
        )}
        {rows.length > count && (
          <LinkButton onPress={() => setCount(count + 200)}>
            {t('timeline.more', { count: rows.length - count })}
          </LinkButton>
        )}
        {!needsMore && rows.length <= count && view.timeline.length >= rowsOfPage && (
          <LinkButton onPress={() => setWhole(true)}>{t('timeline.older')}</LinkButton>
        )}
      </Section>
    </div>
  )
}

function useWording({ today, billing: { periods, billUnit } }: View): Wording {
  const say = useWords('timeline')
  return useMemo(() => ({ say, today, periods, billUnit }), [say, today, periods, billUnit])
}

function useTimelineColumns(wording: Wording): Column<TimelineRow>[] {
  const t = useWords('accounts')
  return useMemo(
    () => [
      {
        id: 'on',
        title: t('timeline.columns.on'),
        cell: row => <LocalDateText date={row.on} short />,
        text: row => row.on,
      },
      {
        id: 'kind',
        title: t('timeline.columns.kind'),
        cell: row => <span className="cs-quiet cs-small">{kindWord(row, wording.say)}</span>,
        text: row => row.kind,
      },
      {
        id: 'words',
        title: t('timeline.columns.words'),
        cell: row => <span className="wb-timeline-words">{rowWords(row, wording)}</span>,
        text: row => rowWords(row, wording),
        grow: true,
        wrap: true,
      },
      {
        id: 'amount',
        title: t('timeline.columns.amount'),
        align: 'end',
        cell: row => <Amount row={row} wording={wording} />,
        text: row => row.cents ?? '',
      },
      {
        id: 'balance',
        title: t('timeline.columns.balance'),
        align: 'end',
        cell: row =>
          row.balanceCents === null ? null : (
            <span className="cs-quiet">
              <Money cents={row.balanceCents} bare column />
            </span>
          ),
        text: row => row.balanceCents ?? '',
      },
    ],
    [t, wording],
  )
}

/** Money in dollars; for a read, what was used. */
function Amount({ row, wording }: { row: TimelineRow; wording: Wording }) {
  if (row.cents !== null)
    return <Money cents={row.cents} column {...(row.cents < 0n ? { tone: 'green' as const } : {})} />
  const used = usedBy(row, wording)
  return used && <span className="cs-quiet cs-num">{used}</span>
}

/** Under a row: everything that is known of it, who entered it when, and the way to the thing itself. */
function TimelineDetail({ row, view, wording }: { row: TimelineRow; view: View; wording: Wording }) {
  const t = useWords('accounts')
  const href = hrefOf(row, view)
  return (
    <div className="wb-timeline-detail">
      <span>{rowWords(row, wording)}</span>
      <span className="cs-quiet">
        <InstantText at={row.knownAt} />
        {row.by && ` · ${row.by}`}
      </span>
      {href && <Link href={href}>{t('timeline.openIt')}</Link>}
    </div>
  )
}

function hrefOf(row: TimelineRow, { account: { accountId } }: View): string | null {
  if (!row.ref) return null
  const id = row.ref.id
  if (row.ref.kind === 'bill') return `${paths.account(accountId)}/bills/${id}`
  if (row.ref.kind === 'order') return `${paths.orders}/${id}`
  if (row.ref.kind === 'task') return `${paths.desk}/${id}`
  if (row.ref.kind === 'read' || row.ref.kind === 'meter') return paths.meters(accountId)
  return null
}
