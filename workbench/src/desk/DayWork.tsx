import { desk, fieldwork } from '@curbstop/server/contract/staff'
import { Badge, type Column, DataTable, InstantText, LocalDateText, Section } from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { Nothing } from './Nothing.tsx'
import type { Task } from './task-words.ts'

const judged = ['question', 'referral', 'review', 'approval', 'exception']

/** Referrals, questions, approvals and the Assistants' work to review, of everybody. */
export function TasksToDecide() {
  const t = useWords('supervise')
  const asked = useAsk(desk.listTasks, { of: 'everybody', show: 'open' })
  return (
    <Section title={t('decide')}>
      <Answer of={asked} lines={3}>
        {({ tasks }) => {
          const rows = tasks.filter(task => judged.includes(task.kind))
          return (
            <TaskTable
              label={t('decide')}
              rows={rows}
              empty={<Nothing title={t('decideNone')} help={t('decideHelp')} />}
            />
          )
        }}
      </Answer>
    </Section>
  )
}

/** Tasks past their day, whoever has them. */
export function LateTasks() {
  const t = useWords('supervise')
  const asked = useAsk(desk.listTasks, { of: 'everybody', show: 'overdue' })
  return (
    <Section title={t('overdue')}>
      <Answer of={asked} lines={3}>
        {({ tasks }) => (
          <TaskTable
            label={t('overdue')}
            rows={tasks}
            empty={<Nothing title={t('overdueNone')} help={t('overdueHelp')} />}
          />
        )}
      </Answer>
    </Section>
  )
}

type TableProps = { label: string; rows: readonly Task[]; empty: React.ReactNode }

function TaskTable({ label, rows, empty }: TableProps) {
  const t = useWords('supervise')
  const words = useWords('desk')
  const navigate = useNavigate()
  const columns = useMemo<Column<Task>[]>(
    () => [
      {
        id: 'title',
        title: t('columns.title'),
        grow: true,
        wrap: true,
        cell: row => <span className="wb-wide-cell">{row.title}</span>,
        text: row => row.title,
      },
      {
        id: 'kind',
        title: t('columns.kind'),
        cell: row => <Badge>{words(`kind.${row.kind}`)}</Badge>,
        sort: row => row.kind,
        text: row => words(`kind.${row.kind}`),
      },
      {
        id: 'who',
        title: t('columns.who'),
        cell: row => row.owner?.name ?? row.queueName ?? words('nobody'),
        sort: row => row.owner?.name ?? row.queueName,
        text: row => row.owner?.name ?? row.queueName ?? '',
      },
      {
        id: 'due',
        title: t('columns.due'),
        cell: row => (
          <span className={row.isOverdue ? 'cs-tone-amber' : undefined}>
            <LocalDateText date={row.dueOn} />
            {row.isOverdue && <span className="cs-sr">{` ${words('overdue')}`}</span>}
          </span>
        ),
        sort: row => row.dueOn,
        text: row => row.dueOn,
      },
    ],
    [t, words],
  )
  if (rows.length === 0) return empty
  return (
    <DataTable
      label={label}
      bare={rows.length < 5}
      columns={columns}
      rows={rows}
      rowKey={row => String(row.taskId)}
      onOpen={row => void navigate({ to: paths.task(row.taskId) })}
      maxHeight={360}
    />
  )
}

/** Service orders not done by the time they were due (SO-028). */
export function LateOrders() {
  const t = useWords('supervise')
  const states = useWords('accounts')
  const navigate = useNavigate()
  const asked = useAsk(fieldwork.getBoard, {})
  return (
    <Section title={t('orders')}>
      <Answer of={asked} lines={2}>
        {board => {
          const late = board.orders.filter(order => order.isLate)
          if (late.length === 0) return <Nothing title={t('ordersNone')} help={t('ordersHelp')} />
          return (
            <DataTable
              bare
              label={t('orders')}
              rows={late}
              rowKey={row => String(row.orderId)}
              onOpen={row => void navigate({ to: paths.order(row.orderId) })}
              columns={[
                { id: 'order', title: t('columns.order'), cell: row => row.name },
                { id: 'where', title: t('columns.where'), grow: true, cell: row => row.address },
                {
                  id: 'state',
                  title: t('columns.who'),
                  cell: row => row.assignedTo ?? states(`work.orderState.${row.state}`),
                },
                {
                  id: 'due',
                  title: t('columns.due'),
                  cell: row => (
                    <span className="cs-tone-amber">
                      <InstantText at={row.dueAt} />
                    </span>
                  ),
                },
              ]}
            />
          )
        }}
      </Answer>
    </Section>
  )
}
