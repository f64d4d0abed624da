/** What can be done with the task in hand, by key and by button; the first one is the next thing to do. */
import { desk } from '@curbstop/server/contract/staff'
import { useToast } from '@curbstop/ui'
import { useDo } from '../shell/ask.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay, useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { type Act, type Opened, type Task, whyNot } from './task-words.ts'

export type TaskDeed = { id: string; title: string; keys: string; blocked: string | null; run: () => void }

const acts = [
  ['answer', 'a'],
  ['finish', 'd'],
  ['refer', 'r'],
  ['giveBack', 'b'],
  ['snooze', 'z'],
  ['comment', 'm'],
  ['reopen', 'u'],
] as const satisfies readonly (readonly [Act, string])[]

export function useTaskDeeds(task: Task | null, open: (what: Opened) => void): readonly TaskDeed[] {
  const t = useWords('desk')
  const me = useMe()
  const toasts = useToast()
  const refresh = useRefreshArea('desk')
  const claim = useDo(desk.claimTask)
  const worker = {
    personId: me.personId,
    supervises: useMay('desk.supervise'),
    works: useMay('desk.work'),
  }
  const why = (act: Act | 'claim'): string | null => {
    if (!task) return t('why.none')
    const found = whyNot(task, act, worker)
    return found ? t(`why.${found.key}`, { name: found.name }) : null
  }
  const take = () => {
    if (!task) return
    claim.mutate(
      { taskId: task.taskId, version: task.version },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('claimed') })
        },
        onError: error => toasts.show({ text: error.message }),
      },
    )
  }
  const all: TaskDeed[] = [
    { id: 'claim', title: t('act.claim'), keys: 'c', blocked: why('claim'), run: take },
    ...acts.map(([act, keys]) => ({
      id: act,
      title: t(`act.${act}`),
      keys,
      blocked: why(act),
      run: () => open(act),
    })),
  ]
  const isDone = Boolean(task?.doneAt)
  const fits = all.filter(
    deed =>
      (isDone ? ['reopen', 'comment'] : all.map(one => one.id).filter(id => id !== 'reopen')).includes(
        deed.id,
      ) &&
      (deed.id !== 'answer' || task?.kind === 'question'),
  )
  const first = nextOf(task, me.personId)
  return [...fits].sort((a, b) => Number(b.id === first) - Number(a.id === first))
}

/** The next thing to do: take what has no owner, answer a question, otherwise close. */
function nextOf(task: Task | null, me: bigint): string {
  if (!task) return 'claim'
  if (task.doneAt) return 'reopen'
  if (task.owner?.personId !== me) return task.kind === 'question' ? 'answer' : 'claim'
  return task.kind === 'question' && task.createdBy.personId !== me ? 'answer' : 'finish'
}
