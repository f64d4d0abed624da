import { formatInstant } from '@curbstop/kernel/dates'
import { Link, Section, useUi } from '@curbstop/ui'
import { useEffect, useRef } from 'react'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import type { OrderRow } from './order-words.ts'

type ListProps = { orders: readonly OrderRow[]; current: OrderRow['orderId'] }

/** The board beside an order that is open. */
export function OrderList({ orders, current }: ListProps) {
  const t = useWords('orders')
  const { timeZone, today } = useUi()
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order in hand is brought into sight
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <Section title={t('title')} actions={<Link href={paths.orders}>{t('act.back')}</Link>}>
      <nav aria-label={t('title')}>
        <ul ref={list} className="wb-worklist">
          {orders.map(order => (
            <li key={String(order.orderId)}>
              <Link
                className="wb-workitem"
                href={paths.order(order.orderId)}
                current={order.orderId === current ? 'true' : undefined}
              >
                <span className="wb-workitem-title">{`${order.name} · ${order.address}`}</span>
                <span className="wb-workitem-foot">
                  <span className={order.isLate ? 'cs-tone-amber' : undefined}>
                    {formatInstant(order.dueAt, timeZone, today ?? undefined)}
                    {order.isLate && ` · ${t('late')}`}
                  </span>
                  <span>{order.assignedTo ?? t('nobody')}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </Section>
  )
}
