import {
  Alert,
  Badge,
  type Fact,
  FactList,
  formatDate,
  InstantText,
  Link,
  Section,
  useUi,
} from '@curbstop/ui'
import { AccountLink } from '../desk/AccountLink.tsx'
import { TestOfOrder } from '../metering/tests/TestOfOrder.tsx'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import type { Order } from './order-words.ts'

/** One order: where, what, by when, what bites there, what came of it, and its history. */
export function OrderView({ order }: { order: Order }) {
  const t = useWords('orders')
  const states = useWords('accounts')
  return (
    <>
      <div className="wb-head">
        <h1>{order.name}</h1>
        <Badge tone={order.isOpen ? 'action' : 'quiet'}>{states(`work.orderState.${order.state}`)}</Badge>
        {order.isLate && <Badge tone="amber">{t('late')}</Badge>}
      </div>
      <p className="wb-place">{order.address}</p>
      {order.hazards.length > 0 && (
        <Alert tone="red" title={t('hazards')}>
          <ul>
            {order.hazards.map(one => (
              <li key={`${one.kind}-${one.note}`}>{`${hazardWord(t, one.kind)}: ${one.note}`}</li>
            ))}
          </ul>
        </Alert>
      )}
      <OrderFacts order={order} />
      <Section title={t('instructions')}>
        {order.instructions ? (
          <p className="wb-prose">{order.instructions}</p>
        ) : (
          <p className="cs-quiet">{t('noInstructions')}</p>
        )}
      </Section>
      {order.kind === 'MTST' && <TestOfOrder orderId={order.orderId} />}
      {order.result && <OrderResult order={order} />}
      {order.followUps.length > 0 && (
        <Section title={t('followUps')}>
          <ul className="cs-rows">
            {order.followUps.map(one => (
              <li key={String(one.orderId)}>
                <Link href={paths.order(one.orderId)}>{one.kind}</Link>
                {` · ${states(`work.orderState.${one.state}`)}`}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <OrderHistory order={order} />
    </>
  )
}

type Words = ReturnType<typeof useWords<'orders'>>
const hazards = ['dog', 'hostile-person', 'gate', 'confined-space', 'other'] as const

/** The kind in words; a kind we do not know yet reads as "Beware". */
function hazardWord(t: Words, kind: string): string {
  return t(`hazard.${hazards.find(one => one === kind) ?? 'other'}`)
}

function useWanted(order: Order): string | null {
  const t = useWords('orders')
  const { strings, today } = useUi()
  const { wantedOn, wantedFrom, wantedTo } = order
  if (!wantedOn) return null
  const on = formatDate(wantedOn, strings, { today })
  if (wantedFrom && wantedTo) return t('facts.window', { on, from: wantedFrom, to: wantedTo })
  if (wantedFrom) return t('facts.windowFrom', { on, from: wantedFrom })
  return wantedTo ? t('facts.windowTo', { on, to: wantedTo }) : on
}

function OrderFacts({ order }: { order: Order }) {
  const t = useWords('orders')
  const wanted = useWanted(order)
  const level = Math.min(4, Math.max(0, order.priority)) as 0 | 1 | 2 | 3 | 4
  const facts: Fact[] = [
    {
      label: t('facts.due'),
      value: (
        <span className={order.isLate ? 'cs-tone-amber' : undefined}>
          <InstantText at={order.dueAt} />
        </span>
      ),
    },
    ...(wanted ? [{ label: t('facts.wanted'), value: wanted }] : []),
    {
      label: t('facts.priority'),
      value: `${t('priority', { priority: order.priority })} ${t(`priorityWords.p${level}`)}`,
    },
    { label: t('facts.with'), value: order.assignedTo ?? t('nobody') },
    {
      label: t('facts.account'),
      value: order.accountId ? <AccountLink accountId={order.accountId} /> : '–',
    },
    ...(order.parentOrderId
      ? [
          {
            label: t('facts.parent'),
            value: <Link href={paths.order(order.parentOrderId)}>{t('facts.parentOrder')}</Link>,
          },
        ]
      : []),
    {
      label: t('facts.made'),
      value: (
        <>
          {order.createdBy}, <InstantText at={order.createdAt} />
        </>
      ),
    },
  ]
  return (
    <div className="wb-narrow">
      <FactList lined facts={facts} />
    </div>
  )
}

function OrderResult({ order }: { order: Order }) {
  const t = useWords('orders')
  const result = order.result!
  const facts: Fact[] = [
    { label: t('result.outcome'), value: result.says },
    ...(result.leftStatus ? [{ label: t('result.left'), value: t(`leftStatus.${result.leftStatus}`) }] : []),
    ...(result.meterSerialSeen ? [{ label: t('result.serial'), value: result.meterSerialSeen }] : []),
    ...(result.readValue !== null ? [{ label: t('result.read'), value: String(result.readValue) }] : []),
    ...(result.staticPsi !== null
      ? [{ label: t('result.psi'), value: t('result.psiValue', { psi: result.staticPsi }) }]
      : []),
  ]
  return (
    <Section
      title={t('result.title')}
      actions={
        <span>
          {result.completedBy}, <InstantText at={result.completedAt} />
        </span>
      }
    >
      <div className="wb-narrow">
        <FactList lined facts={facts} />
      </div>
      {result.note && <p className="wb-prose">{result.note}</p>}
    </Section>
  )
}

function OrderHistory({ order }: { order: Order }) {
  const t = useWords('orders')
  const states = useWords('accounts')
  return (
    <Section title={t('history')}>
      <ol className="wb-events">
        {[...order.events].reverse().map(event => (
          <li key={`${event.at}-${event.toState}`}>
            <InstantText at={event.at} />
            <span>{`${states(`work.orderState.${event.toState}`)} · ${event.by}`}</span>
            {event.note && <p className="wb-prose">{event.note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
