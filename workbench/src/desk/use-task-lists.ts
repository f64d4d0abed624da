/** The list on the left: mine, a queue's, or what I closed; page by page, overdue first as the server sorts. */
import type { Output } from '@curbstop/kernel/endpoint'
import { desk } from '@curbstop/server/contract/staff'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useAsk } from '../shell/ask.ts'
import { type ApiError, call } from '../shell/call.ts'
import { useWords } from '../shell/words.ts'

type Queue = Output<typeof desk.countWork>['queues'][number]['queue']
export type ListChoice = 'mine' | 'done' | Queue

export function useTaskLists(choice: ListChoice) {
  const t = useWords('desk')
  const counts = useAsk(desk.countWork, {})
  const isMine = choice === 'mine' || choice === 'done'
  const which = isMine ? ({ of: 'me' } as const) : ({ of: 'queue', queue: choice } as const)
  const asked = useInfiniteQuery<
    Output<typeof desk.listTasks>,
    ApiError,
    { pages: Output<typeof desk.listTasks>[] },
    readonly unknown[],
    string | null
  >({
    queryKey: [desk.listTasks.path, { list: choice }],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      call(
        desk.listTasks,
        { ...which, show: choice === 'done' ? 'done' : 'open', ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    getNextPageParam: page => page.next,
  })
  const name = counts.data?.queues.find(one => one.queue === choice)?.name
  const kind = choice === 'mine' ? 'mine' : choice === 'done' ? 'done' : 'queue'
  return {
    asked: { ...asked, data: asked.data },
    tasks: asked.data?.pages.flatMap(page => page.tasks),
    title: choice === 'mine' ? t('mine') : choice === 'done' ? t('done') : (name ?? ''),
    empty: { title: t(`empty.${kind}`), help: t(`empty.${kind}Help`) },
    more: asked.hasNextPage ? () => void asked.fetchNextPage() : null,
  }
}
