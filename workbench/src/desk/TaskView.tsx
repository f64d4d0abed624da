import { isLocalDate } from '@curbstop/kernel/dates'
import { desk, staff } from '@curbstop/server/contract/staff'
import {
  Badge,
  type Fact,
  FactList,
  formatDate,
  InstantText,
  Link,
  LocalDateText,
  Section,
  useUi,
} from '@curbstop/ui'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { AccountLink } from './AccountLink.tsx'
import type { Task, TaskEvent } from './task-words.ts'

/** The task in the middle: what it is, whose, by when, and everything that happened to it. */
export function TaskView({ taskId }: { taskId: Task['taskId'] }) {
  const t = useWords('desk')
  const asked = useAsk(desk.getTask, { taskId })
  const places = usePlaceNames()
  return (
    <Answer of={asked} lines={8}>
      {({ task, events }) => (
        <>
          <div className="wb-head">
            <h1>{task.title}</h1>
            <Badge>{t(`kind.${task.kind}`)}</Badge>
            {task.isOverdue && <Badge tone="amber">{t('overdue')}</Badge>}
            {task.outcome && <Badge tone="green">{t(`outcome.${task.outcome}`)}</Badge>}
          </div>
          {task.detail && <p className="wb-prose">{task.detail}</p>}
          <TaskFacts task={task} />
          <Section title={t('history')}>
            <ol className="wb-events">
              {[...events].reverse().map((event, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: history only grows, and events have no number
                <EventLine key={events.length - index} event={event} places={places} />
              ))}
            </ol>
          </Section>
        </>
      )}
    </Answer>
  )
}

function TaskFacts({ task }: { task: Task }) {
  const t = useWords('desk')
  const facts: Fact[] = [
    { label: t('facts.due'), value: <LocalDateText date={task.dueOn} /> },
    { label: t('facts.with'), value: task.owner?.name ?? task.queueName ?? t('nobody') },
    ...(task.owner && task.queueName ? [{ label: t('facts.queue'), value: task.queueName }] : []),
    {
      label: t('facts.made'),
      value: (
        <>
          {task.createdBy.name}, <InstantText at={task.createdAt} />
        </>
      ),
    },
    ...(task.doneAt && task.doneBy
      ? [
          {
            label: t('facts.done'),
            value: (
              <>
                {task.doneBy.name}, <InstantText at={task.doneAt} />
              </>
            ),
          },
        ]
      : []),
    ...(task.accountId
      ? [{ label: t('facts.account'), value: <AccountLink accountId={task.accountId} /> }]
      : []),
    ...(task.orderId
      ? [
          {
            label: t('facts.order'),
            value: <Link href={paths.order(task.orderId)}>{t('facts.openOrder')}</Link>,
          },
        ]
      : []),
  ]
  return (
    <div className="wb-narrow">
      <FactList lined facts={facts} />
    </div>
  )
}

/** Names of the queues and people that a history speaks of by code and number. */
function usePlaceNames(): ReadonlyMap<string, string> {
  const counts = useAsk(desk.countWork, {})
  const people = useAsk(staff.listPeople, { show: 'all' }, { staleTime: 300_000 })
  return new Map([
    ...(counts.data?.queues ?? []).map(one => [one.queue, one.name] as const),
    ...(people.data ?? []).map(one => [String(one.personId), one.name] as const),
  ])
}

function EventLine({ event, places }: { event: TaskEvent; places: ReadonlyMap<string, string> }) {
  const t = useWords('desk')
  const { strings, today } = useUi()
  const { queue, person, dueOn } = event.facts
  const place = places.get(person ?? queue ?? '') ?? null
  const words = [
    t(`event.${event.kind}`, { by: event.by.name }),
    event.kind !== 'claimed' && place ? t('eventTo', { name: place }) : null,
    event.kind === 'snoozed' && dueOn && isLocalDate(dueOn)
      ? t('eventUntil', { on: formatDate(dueOn, strings, { today }) })
      : null,
  ]
  return (
    <li>
      <InstantText at={event.at} />
      <span>{words.filter(Boolean).join(' ')}</span>
      {event.body && <p className="wb-prose">{event.body}</p>}
    </li>
  )
}
