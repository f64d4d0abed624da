import { fieldwork } from '@curbstop/server/contract/staff'
import { Button, Section, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../shell/ask.ts'
import { useDeeds } from '../shell/keys.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { AssignDialog, UnableDialog } from './OrderDialogs.tsx'
import { fits, nextAct, type Order, type OrderAct } from './order-words.ts'
import { ResultDialog } from './ResultDialog.tsx'
import { useRefreshOrders } from './use-board.ts'

const acts = [
  ['assign', 'a'],
  ['dispatched', 's'],
  ['en-route', 'w'],
  ['on-site', 'h'],
  ['complete', 'd'],
  ['unable', 'u'],
  ['cancel', 'x'],
] as const satisfies readonly (readonly [OrderAct, string])[]

/** Assign, send out, result, cancel: each says why it cannot be pressed now. */
export function OrderActs({ order }: { order: Order }) {
  const t = useWords('orders')
  const [opened, setOpened] = useState<OrderAct | null>(null)
  const why = useWhyNot(order)
  const move = useMove(order)
  const run = (act: OrderAct) => () =>
    act === 'dispatched' || act === 'en-route' || act === 'on-site' ? move(act) : setOpened(act)
  const section = t('act.section')
  useDeeds(
    acts.map(([act, keys]) => {
      const blocked = why(act)
      return {
        id: `order-${act}`,
        title: t(`act.${act}`),
        keys,
        section,
        run: run(act),
        ...(blocked ? { blocked } : {}),
      }
    }),
  )
  const next = nextAct(order.state)
  const close = () => setOpened(null)
  return (
    <Section title={t('act.title')}>
      <div className="wb-acts">
        {acts.map(([act, keys]) => (
          <Button
            key={act}
            kbd={keys}
            variant={act === next && !why(act) ? 'primary' : 'quiet'}
            disabledReason={why(act)}
            onPress={run(act)}
          >
            {t(`act.${act}`)}
          </Button>
        ))}
      </div>
      {opened === 'assign' && <AssignDialog order={order} onClose={close} />}
      {opened === 'complete' && <ResultDialog order={order} onClose={close} />}
      {opened === 'unable' && <UnableDialog order={order} onClose={close} />}
      {opened === 'cancel' && <CancelDialog order={order} onClose={close} />}
    </Section>
  )
}

function useWhyNot(order: Order): (act: OrderAct) => string | null {
  const t = useWords('orders')
  const states = useWords('accounts')
  const mayAssign = useMay('fieldwork.assign')
  const mayComplete = useMay('fieldwork.complete')
  const mayOrder = useMay('fieldwork.order')
  return act => {
    if (act === 'assign' && !mayAssign) return t('why.assign')
    if (act === 'cancel' && !mayOrder) return t('why.cancel')
    if (act !== 'assign' && act !== 'cancel' && !mayComplete) return t('why.complete')
    if (fits(order.state, act)) return null
    return t('why.state', { state: states(`work.orderState.${order.state}`) })
  }
}

function useMove(order: Order) {
  const t = useWords('orders')
  const states = useWords('accounts')
  const toasts = useToast()
  const refresh = useRefreshOrders()
  const move = useDo(fieldwork.moveOrder)
  const { orderId, version } = order
  return (to: 'dispatched' | 'en-route' | 'on-site') =>
    move.mutate(
      { orderId, version, to },
      {
        onSuccess: ({ order: moved }) => {
          refresh()
          toasts.show({ text: t('moved', { state: states(`work.orderState.${moved.state}`) }) })
        },
        onError: error => toasts.show({ text: error.message }),
      },
    )
}

function CancelDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useWords('orders')
  const states = useWords('accounts')
  const toasts = useToast()
  const refresh = useRefreshOrders()
  const cancel = useDo(fieldwork.cancelOrder)
  const { orderId, version } = order
  return (
    <ReasonDialog
      danger
      title={t('dialog.cancelTitle')}
      label={t('dialog.cancelReason')}
      missing={t('dialog.cancelMissing')}
      confirmLabel={t('dialog.cancelDo')}
      onClose={onClose}
      onConfirm={async reason => {
        const { order: done } = await cancel.mutateAsync({ orderId, version, reason })
        refresh()
        toasts.show({ text: t('dialog.cancelled', { state: states(`work.orderState.${done.state}`) }) })
      }}
    >
      <p>{`${order.name} · ${order.address}`}</p>
      {order.assignedTo && <p className="cs-quiet">{t('dialog.cancelHelp', { name: order.assignedTo })}</p>}
    </ReasonDialog>
  )
}
