import { formatDate, Icon, Link, LinkButton, partsAt, Section, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { EndDialog, type Ending } from './EndDialog.tsx'
import type { OrderRow, View } from './view.ts'

type Place = (what: 'alert' | 'hold') => void

/** What a person must know before they act: alerts, holds, hazards, open orders and tasks. */
export function WorkPanel({ view, onPlace }: { view: View; onPlace: Place }) {
  const t = useWords('accounts')
  const mayWork = useMay('desk.work')
  const mayHold = useMay('desk.hold')
  const [ending, setEnding] = useState<Ending | null>(null)
  const { work, premise } = view
  const hazards = premise?.hazards ?? []
  return (
    <>
      <Section
        title={t('work.alerts')}
        actions={mayWork && <LinkButton onPress={() => onPlace('alert')}>{t('work.place')}</LinkButton>}
      >
        {work.alerts.length + hazards.length === 0 && <p className="cs-quiet">{t('work.noAlerts')}</p>}
        {work.alerts.map(alert => (
          <div key={String(alert.alertId)} className={`wb-alert wb-alert-${alert.tone}`}>
            <span>{alert.text}</span>
            {mayWork && (
              <button
                type="button"
                className="cs-icon-button cs-icon-button-small"
                aria-label={`${t('work.clear')}: ${alert.text}`}
                onClick={() => setEnding({ what: 'alert', id: alert.alertId, says: alert.text })}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </div>
        ))}
        {hazards.map(hazard => (
          <div key={String(hazard.hazardId)} className="wb-alert wb-alert-attention">
            <span>
              <span className="cs-sr">{`${t('work.hazard')}: `}</span>
              {hazard.note}
            </span>
          </div>
        ))}
      </Section>
      <Section
        title={t('work.holds')}
        actions={mayHold && <LinkButton onPress={() => onPlace('hold')}>{t('work.hold')}</LinkButton>}
      >
        <Holds view={view} onLift={mayHold ? setEnding : null} />
        <OpenWork view={view} />
      </Section>
      {ending && (
        <EndDialog accountId={view.account.accountId} ending={ending} onClose={() => setEnding(null)} />
      )}
    </>
  )
}

function Holds({ view: { work }, onLift }: { view: View; onLift: ((ending: Ending) => void) | null }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  if (work.holds.length === 0) return <p className="cs-quiet">{t('work.noHolds')}</p>
  return (
    <ul className="wb-lines">
      {work.holds.map(hold => (
        <li key={String(hold.holdId)} className="wb-line-end">
          <span>
            <strong>{t(`work.holdWhat.${hold.what}`)}</strong>
            <span className="cs-quiet">
              {` · ${t(`work.holdReason.${hold.reasonCode}`)}`}
              {hold.untilOn && ` · ${t('work.until', { on: formatDate(hold.untilOn, strings, { today }) })}`}
            </span>
          </span>
          {onLift && (
            <LinkButton
              onPress={() => onLift({ what: 'hold', id: hold.holdId, says: t(`work.holdWhat.${hold.what}`) })}
            >
              {t('work.lift')}
            </LinkButton>
          )}
        </li>
      ))}
    </ul>
  )
}

/** `Re-read · assigned · Wed Nov 25`. */
export function useOrderLine(): (order: OrderRow) => string {
  const t = useWords('accounts')
  const { strings, today, timeZone } = useUi()
  return order => {
    const on = order.wantedOn ?? partsAt(order.dueAt, timeZone).date
    return t('work.order', {
      name: order.name,
      state: t(`work.orderState.${order.state}`),
      on: formatDate(on, strings, { today }),
    })
  }
}

function OpenWork({ view: { work, orders } }: { view: View }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  const orderLine = useOrderLine()
  const open = orders.filter(order => order.isOpen)
  return (
    <ul className="wb-lines">
      {open.map(order => (
        <li key={String(order.orderId)}>
          <Link href={paths.order(order.orderId)}>{orderLine(order)}</Link>
          {order.isLate && <strong className="cs-tone-red">{` · ${t('work.late')}`}</strong>}
        </li>
      ))}
      {open.length === 0 && <li className="cs-quiet">{t('work.noOrders')}</li>}
      {work.tasks.map(task => (
        <li key={String(task.taskId)}>
          <Link href={paths.task(task.taskId)}>
            {t('work.task', {
              title: task.title,
              who: task.owner?.name ?? task.queueName ?? t('work.nobody'),
              on: formatDate(task.dueOn, strings, { today }),
            })}
          </Link>
          {task.isOverdue && <strong className="cs-tone-red">{` · ${t('work.overdue')}`}</strong>}
        </li>
      ))}
    </ul>
  )
}
