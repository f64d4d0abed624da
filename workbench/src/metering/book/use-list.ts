/** The list of reads in doubt, page after page, with what was chosen in it. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ApiError, call } from '../../shell/call.ts'
import { useKept } from '../../shell/kept.ts'
import type { ExceptionLine } from './shapes.ts'

type Asked = Input<typeof metering.listExceptions>
type Page = Output<typeof metering.listExceptions>
type After = Pick<Asked, 'afterCents' | 'afterId'>

export type Filter = {
  readonly bookId: number | null
  readonly rule: string | null
  readonly waiting: 'hide' | 'only'
}

export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [book, keepBook] = useKept<string>('read-book.book', '')
  const [rule, keepRule] = useKept<string>('read-book.rule', '')
  const [waiting, keepWaiting] = useKept<'hide' | 'only'>('read-book.waiting', 'hide')
  const filter = { bookId: book === '' ? null : Number(book), rule: rule === '' ? null : rule, waiting }
  const change = ({ bookId, rule: nextRule, waiting: nextWaiting }: Partial<Filter>) => {
    if (bookId !== undefined) keepBook(bookId === null ? '' : String(bookId))
    if (nextRule !== undefined) keepRule(nextRule ?? '')
    if (nextWaiting !== undefined) keepWaiting(nextWaiting)
  }
  return [filter, change]
}

const none: readonly ExceptionLine[] = []

export function useList({ bookId, rule, waiting }: Filter) {
  const input: Asked = {
    waiting,
    ...(bookId === null ? {} : { bookId }),
    ...(rule === null ? {} : { rule }),
  }
  const asked = useInfiniteQuery<Page, ApiError, { pages: Page[] }, readonly unknown[], After>({
    queryKey: [metering.listExceptions.path, input],
    queryFn: ({ signal, pageParam }) => call(metering.listExceptions, { ...input, ...pageParam }, { signal }),
    initialPageParam: {},
    getNextPageParam: ({ hasMore, lines }) => {
      const last = lines.at(-1)
      return hasMore && last
        ? { afterCents: String(last.atStakeCents), afterId: last.exceptionId }
        : undefined
    },
    placeholderData: keepPreviousData,
  })
  const lines = useMemo(() => asked.data?.pages.flatMap(page => page.lines) ?? none, [asked.data])
  return { asked, lines, sums: asked.data?.pages[0] ?? null }
}
