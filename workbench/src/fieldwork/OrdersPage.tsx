import '../desk/desk.css'
import './orders.css'
import { asId } from '@curbstop/kernel/ids'
import { fieldwork } from '@curbstop/server/contract/staff'
import { Alert, Columns } from '@curbstop/ui'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useDeeds } from '../shell/keys.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { OrderActs } from './OrderActs.tsx'
import { OrderFilters } from './OrderFilters.tsx'
import { OrderList } from './OrderList.tsx'
import { OrderTable } from './OrderTable.tsx'
import { OrderView } from './OrderView.tsx'
import type { OrderRow } from './order-words.ts'
import { useBoard } from './use-board.ts'

/** The board of service orders; with one chosen, the board steps to the left and the order stands in the middle. */
export function OrdersPage() {
  const { orderId } = useParams({ strict: false }) as { orderId?: string }
  const board = useBoard()
  if (orderId && /^[1-9]\d{0,17}$/.test(orderId)) {
    return <OneOrder key={orderId} orderId={asId<'order'>(orderId)} board={board} />
  }
  return <Board board={board} />
}

function Board({ board }: { board: ReturnType<typeof useBoard> }) {
  const t = useWords('orders')
  const focusRow = () => document.querySelector<HTMLElement>('#cs-page tr.cs-row')?.focus()
  useDeeds([{ id: 'orders-walk', title: t('act.walk'), keys: 'j', section: t('title'), run: focusRow }])
  return (
    <Columns left={<OrderFilters board={board} />} leftLabel={t('filters')}>
      <div className="wb-head">
        <h1>{t('title')}</h1>
      </div>
      <Answer of={board.asked} lines={10}>
        {answer => (
          <>
            {answer.more && <Alert tone="quiet" title={t('more')} />}
            <OrderTable orders={answer.orders} />
          </>
        )}
      </Answer>
    </Columns>
  )
}

type OneProps = { orderId: OrderRow['orderId']; board: ReturnType<typeof useBoard> }

function OneOrder({ orderId, board }: OneProps) {
  const t = useWords('orders')
  const asked = useAsk(fieldwork.getOrder, { orderId })
  const orders = board.asked.data?.orders ?? []
  useWalk(orders, orderId)
  return (
    <Columns
      leftLabel={t('title')}
      phone={{ shows: 'chosen', back: { label: t('act.back'), href: paths.orders } }}
      left={<OrderList orders={orders} current={orderId} />}
      right={asked.data ? <OrderActs order={asked.data} /> : null}
      rightLabel={t('act.title')}
    >
      <Answer of={asked} lines={8}>
        {order => <OrderView order={order} />}
      </Answer>
    </Columns>
  )
}

/** j and k walk the board, Esc goes back to it. */
function useWalk(orders: readonly OrderRow[], current: OrderRow['orderId']): void {
  const t = useWords('orders')
  const navigate = useNavigate()
  const section = t('act.section')
  const walk = (step: 1 | -1) => {
    const at = orders.findIndex(one => one.orderId === current)
    const next = orders[Math.max(0, Math.min(orders.length - 1, at + step))]
    if (next) void navigate({ to: paths.order(next.orderId), replace: true })
  }
  useDeeds([
    { id: 'orders-next', title: t('act.next'), keys: 'j', section, run: () => walk(1) },
    { id: 'orders-previous', title: t('act.previous'), keys: 'k', section, run: () => walk(-1) },
    {
      id: 'orders-back',
      title: t('act.back'),
      keys: 'Escape',
      section,
      run: () => void navigate({ to: paths.orders }),
    },
  ])
}
