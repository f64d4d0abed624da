import './desk.css'
import { asId } from '@curbstop/kernel/ids'
import { desk } from '@curbstop/server/contract/staff'
import { Button, Columns, EmptyState, Section } from '@curbstop/ui'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useKept } from '../shell/kept.ts'
import { useDeeds } from '../shell/keys.ts'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { AskSeniorDialog, NewTaskDialog } from './NewTaskDialogs.tsx'
import { TaskActs } from './TaskActs.tsx'
import { TaskActDialog } from './TaskDialogs.tsx'
import { TaskList } from './TaskList.tsx'
import { TaskView } from './TaskView.tsx'
import type { Opened, Task } from './task-words.ts'
import { useTaskDeeds } from './use-task-deeds.ts'
import { type ListChoice, useTaskLists } from './use-task-lists.ts'

/** Work with a due date: whose on the left, the task in the middle, the act on the right. */
export function TasksPage() {
  const t = useWords('desk')
  const { taskId } = useParams({ strict: false }) as { taskId?: string }
  const asked = taskId && /^[1-9]\d{0,17}$/.test(taskId) ? asId<'task'>(taskId) : null
  const [choice, choose] = useKept<ListChoice>('desk.list', 'mine')
  const [opened, setOpened] = useState<Opened | null>(null)
  const lists = useTaskLists(choice)
  const first = lists.tasks?.[0]?.taskId ?? null
  const current = asked ?? first
  const one = useAsk(
    desk.getTask,
    { taskId: current ?? asId<'task'>(1) },
    { enabled: current !== null, keepPrevious: false },
  )
  const task = (current !== null && one.data?.task) || null
  const acts = useTaskDeeds(task, setOpened)
  usePageDeeds({ tasks: lists.tasks ?? [], current, task, acts, open: setOpened })
  const close = () => setOpened(null)
  const isMake = opened === 'make' || opened === 'ask'
  return (
    <>
      <Columns
        leftLabel={t('lists')}
        phone={{ shows: asked ? 'chosen' : 'list', back: { label: t('backToList'), href: paths.desk } }}
        left={
          <>
            <ListChoices choice={choice} choose={choose} open={setOpened} />
            <Section title={lists.title} level={3}>
              <Answer of={lists.asked} lines={6}>
                {() => (
                  <TaskList
                    label={t('listLabel', { list: lists.title })}
                    tasks={lists.tasks ?? []}
                    current={current}
                    empty={lists.empty.title}
                    onMore={lists.more}
                  />
                )}
              </Answer>
            </Section>
          </>
        }
        right={<TaskActs deeds={acts} />}
        rightLabel={t('act.title')}
      >
        {!asked && <h1 className="cs-title cs-phone-only">{t('title')}</h1>}
        {current === null ? (
          <>
            <h1 className="cs-title">{t('title')}</h1>
            <EmptyState title={lists.tasks ? lists.empty.title : t('empty.task')}>
              {lists.tasks ? lists.empty.help : t('empty.taskHelp')}
            </EmptyState>
          </>
        ) : (
          <TaskView key={String(current)} taskId={current} />
        )}
      </Columns>
      {opened === 'make' && <NewTaskDialog onClose={close} />}
      {opened === 'ask' && <AskSeniorDialog onClose={close} />}
      {opened && !isMake && task && (
        <TaskActDialog act={opened as Exclude<Opened, 'make' | 'ask'>} task={task} onClose={close} />
      )}
    </>
  )
}

type ChoicesProps = { choice: ListChoice; choose: (choice: ListChoice) => void; open: (what: Opened) => void }

function ListChoices({ choice, choose, open }: ChoicesProps) {
  const t = useWords('desk')
  const mayWork = useMay('desk.work')
  const navigate = useNavigate()
  const counts = useAsk(desk.countWork, {})
  const count = (open: number, overdue: number) =>
    overdue > 0 ? t('countLate', { open, overdue }) : t('count', { open })
  const rows: { id: ListChoice; name: string; count: string }[] = [
    {
      id: 'mine',
      name: t('mine'),
      count: counts.data ? count(counts.data.mine, counts.data.mineOverdue) : '',
    },
    ...(counts.data?.queues ?? []).map(one => ({
      id: one.queue,
      name: one.name,
      count: count(one.open, one.overdue),
    })),
    { id: 'done', name: t('done'), count: '' },
  ]
  const take = (id: ListChoice) => {
    choose(id)
    void navigate({ to: paths.desk })
  }
  return (
    <Section title={t('lists')} level={2}>
      <div className="wb-choices">
        {rows.map(row => (
          <button
            key={row.id}
            type="button"
            className="wb-choice"
            aria-pressed={row.id === choice}
            onClick={() => take(row.id)}
          >
            <span>{row.name}</span>
            <span className="wb-choice-count">{row.count}</span>
          </button>
        ))}
      </div>
      <div className="cs-inline">
        <Button kbd="n" disabledReason={mayWork ? null : t('why.mayNot')} onPress={() => open('make')}>
          {t('act.make')}
        </Button>
        <Button kbd="q" disabledReason={mayWork ? null : t('why.mayNot')} onPress={() => open('ask')}>
          {t('act.ask')}
        </Button>
      </div>
    </Section>
  )
}

type PageDeeds = {
  tasks: readonly Task[]
  current: Task['taskId'] | null
  task: Task | null
  acts: ReturnType<typeof useTaskDeeds>
  open: (what: Opened) => void
}

function usePageDeeds({ tasks, current, task, acts, open }: PageDeeds): void {
  const t = useWords('desk')
  const navigate = useNavigate()
  const mayWork = useMay('desk.work')
  const section = t('act.section')
  const walk = (step: 1 | -1) => {
    const at = tasks.findIndex(one => one.taskId === current)
    const next = tasks[Math.max(0, Math.min(tasks.length - 1, at + step))]
    if (next) void navigate({ to: paths.task(next.taskId), replace: true })
  }
  const no = mayWork ? {} : { blocked: t('why.mayNot') }
  useDeeds([
    { id: 'desk-next', title: t('act.next'), keys: 'j', section, run: () => walk(1) },
    { id: 'desk-previous', title: t('act.previous'), keys: 'k', section, run: () => walk(-1) },
    ...acts.map(({ blocked, ...deed }) => ({
      ...deed,
      id: `desk-${deed.id}`,
      section,
      ...(blocked ? { blocked } : {}),
    })),
    {
      id: 'desk-account',
      title: t('act.openAccount'),
      keys: 'o',
      section,
      run: () => task?.accountId && void navigate({ to: paths.account(task.accountId) }),
    },
    { id: 'desk-make', title: t('act.make'), keys: 'n', section, run: () => open('make'), ...no },
    { id: 'desk-ask', title: t('act.ask'), keys: 'q', section, run: () => open('ask'), ...no },
  ])
}
