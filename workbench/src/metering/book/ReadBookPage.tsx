import '../../desk/desk.css'
import '../../variances/variances.css'
import './book.css'
import { asId } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import { Columns, EmptyState, useToast } from '@curbstop/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { useAsk } from '../../shell/ask.ts'
import { call } from '../../shell/call.ts'
import { paths } from '../../shell/paths.ts'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useWords } from '../../shell/words.ts'
import { ActPanel } from './ActPanel.tsx'
import { type Act, isDecision, isOrder, nextOf, suggestedAct } from './acts.ts'
import { BookChoices } from './BookChoices.tsx'
import { BookTabs } from './BookTabs.tsx'
import { BulkDialog } from './BulkDialog.tsx'
import { DecideDialog } from './DecideDialog.tsx'
import { ExceptionList } from './ExceptionList.tsx'
import { Filters } from './Filters.tsx'
import { LookDialog } from './LookDialog.tsx'
import { OneException } from './OneException.tsx'
import type { ExceptionId, ExceptionLine } from './shapes.ts'
import { useBookKeys, useBulkWhy, useWhy } from './use-acts.ts'
import { useCall } from './use-call.ts'
import { useChosen } from './use-chosen.ts'
import { useFilter, useList } from './use-list.ts'

/** The read-book morning: doubt by dollars on the left, graph and evidence in the middle, the act on the right. */
export function ReadBookPage() {
  const t = useWords('readBook')
  const [filter, change] = useFilter()
  const list = useList(filter)
  const { done, finish } = useDone()
  const lines = list.lines.filter(line => !done.has(line.exceptionId))
  const { asked, current } = useCurrent(lines)
  const one = useAsk(
    metering.getException,
    { exceptionId: current ?? asId<'exception'>(1) },
    { enabled: current !== null },
  )
  const view = (current !== null && one.data) || null
  useReadAhead(lines, current)
  const chosen = useChosen(lines)
  const [opened, setOpened] = useState<Act | 'bulk' | null>(null)
  const why = useWhy(view)
  const calling = useCall()
  const open = (act: Act) => {
    if (act !== 'call') setOpened(act)
    else if (view) calling.begin(view)
  }
  const bulk = { why: useBulkWhy(chosen), open: () => setOpened('bulk') }
  useBookKeys({ lines, current, view, chosen, why, open, bulk })
  const close = () => setOpened(null)
  const after = (ids: readonly ExceptionId[], text: string) => {
    close()
    finish({ lines, current, ids, text })
  }
  return (
    <>
      <Columns
        leftLabel={t('title')}
        phone={{ shows: asked ? 'chosen' : 'list', back: { label: t('list.back'), href: paths.readBook } }}
        left={
          <>
            <BookTabs />
            <BookChoices bookId={filter.bookId} choose={bookId => change({ bookId, rule: null })} />
            <Filters filter={filter} change={change} sums={list.sums} />
            <ExceptionList list={list} lines={lines} filter={filter} current={current} chosen={chosen} />
          </>
        }
        right={
          <ActPanel
            why={why}
            first={view && suggestedAct(view)}
            open={open}
            bulk={{ ...bulk, count: chosen.lines.filter(line => line.isSafe).length }}
          />
        }
        rightLabel={t('act.title')}
      >
        {!asked && current !== null && <h1 className="cs-title cs-phone-only">{t('title')}</h1>}
        {current === null ? (
          <>
            <h1 className="cs-title">{t('title')}</h1>
            <EmptyState title={t('list.empty')}>{t('list.emptyHelp')}</EmptyState>
          </>
        ) : (
          <Answer of={one} lines={10}>
            {shown => <OneException key={String(shown.exceptionId)} view={shown} />}
          </Answer>
        )}
      </Columns>
      {opened === 'bulk' && (
        <BulkDialog
          lines={chosen.lines}
          onClose={close}
          onDone={(ids, left) => {
            const accepted = t('done.bulk', { count: ids.length })
            const stays = left.map(({ why: said }) => said)
            chosen.choose(left.map(one => one.exceptionId))
            after(
              ids,
              [
                accepted,
                ...(stays.length ? [t('done.left', { count: stays.length })] : []),
                ...new Set(stays),
              ].join(' '),
            )
          }}
        />
      )}
      {opened && opened !== 'bulk' && view && isDecision(opened) && (
        <DecideDialog
          act={opened}
          view={view}
          onClose={close}
          onDone={({ exceptionId, address }, act) =>
            after([exceptionId], t('done.decided', { address, decision: t(`decision.${act}`) }))
          }
        />
      )}
      {opened && opened !== 'bulk' && view && isOrder(opened) && (
        <LookDialog
          order={opened}
          view={view}
          onClose={close}
          onDone={({ exceptionId, address }, order) =>
            after([exceptionId], t('done.sent', { address, order: t(`act.${order}`) }))
          }
        />
      )}
    </>
  )
}

/** The read of the address; without one the dearest. */
function useCurrent(lines: readonly ExceptionLine[]) {
  const { exceptionId } = useParams({ strict: false }) as { exceptionId?: string }
  const asked = exceptionId && /^[1-9]\d{0,17}$/.test(exceptionId) ? asId<'exception'>(exceptionId) : null
  return { asked, current: asked ?? lines[0]?.exceptionId ?? null }
}

type Finished = {
  lines: readonly ExceptionLine[]
  current: ExceptionId | null
  ids: readonly ExceptionId[]
  text: string
}

/** What was decided leaves the list at once; the next read opens by itself. */
function useDone() {
  const [done, setDone] = useState<ReadonlySet<ExceptionId>>(new Set())
  const navigate = useNavigate()
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'fieldwork', 'billing', 'reports', 'desk')
  const finish = ({ lines, current, ids, text }: Finished) => {
    const all = new Set([...done, ...ids])
    setDone(all)
    toasts.show({ text })
    refresh()
    if (current === null || !all.has(current)) return
    const next = nextOf(lines, all, current)
    void navigate({ to: next === null ? paths.readBook : paths.readException(next), replace: true })
  }
  return { done, finish }
}

/** The two below are asked for while this one is looked at, so that the next opens without a wait. */
function useReadAhead(lines: readonly ExceptionLine[], current: ExceptionId | null): void {
  const client = useQueryClient()
  const at = lines.findIndex(line => line.exceptionId === current)
  const ahead = lines
    .slice(at + 1, at + 3)
    .map(line => line.exceptionId)
    .join()
  useEffect(() => {
    for (const id of ahead ? ahead.split(',') : []) {
      const input = { exceptionId: asId<'exception'>(id) }
      void client.prefetchQuery({
        queryKey: [metering.getException.path, input],
        queryFn: ({ signal }) => call(metering.getException, input, { signal }),
      })
    }
  }, [ahead, client])
}
