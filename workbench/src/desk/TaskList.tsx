import { formatDate, Link, LinkButton, useUi } from '@curbstop/ui'
import { useEffect, useRef } from 'react'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import type { Task } from './task-words.ts'

type TaskListProps = {
  label: string
  tasks: readonly Task[]
  current: Task['taskId'] | null
  empty: string
  onMore: (() => void) | null
}

/** Tasks by due date, the overdue ones first; the one in hand is marked and kept in sight. */
export function TaskList({ label, tasks, current, empty, onMore }: TaskListProps) {
  const t = useWords('desk')
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task in hand is brought into sight
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  if (tasks.length === 0) return <p className="cs-quiet">{empty}</p>
  return (
    <nav aria-label={label}>
      <ul ref={list} className="wb-worklist">
        {tasks.map(task => (
          <li key={String(task.taskId)}>
            <TaskLine task={task} isCurrent={task.taskId === current} />
          </li>
        ))}
      </ul>
      {onMore && <LinkButton onPress={onMore}>{t('more')}</LinkButton>}
    </nav>
  )
}

function TaskLine({ task, isCurrent }: { task: Task; isCurrent: boolean }) {
  const t = useWords('desk')
  const { strings, today } = useUi()
  const on = formatDate(task.dueOn, strings, { today })
  return (
    <Link
      className="wb-workitem"
      href={paths.task(task.taskId)}
      current={isCurrent ? 'true' : undefined}
      onFollow={() => document.getElementById('cs-page')?.focus()}
    >
      <span className="wb-workitem-title">{task.title}</span>
      <span className="wb-workitem-foot">
        <span className={task.isOverdue ? 'cs-tone-amber' : undefined}>
          {task.isOverdue ? `${on} · ${t('overdue')}` : on}
        </span>
        <span>{task.outcome ? t(`outcome.${task.outcome}`) : t(`kind.${task.kind}`)}</span>
      </span>
    </Link>
  )
}
