import { Badge, type Column, DataTable, EmptyState, Icon, InstantText, LocalDateText } from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import type { OrderRow } from './order-words.ts'

/** The board as a table: by due time, late ones marked, what bites in words. */
export function OrderTable({ orders }: { orders: readonly OrderRow[] }) {
  const t = useWords('orders')
  const states = useWords('accounts')
  const navigate = useNavigate()
  const columns = useMemo<Column<OrderRow>[]>(
    () => [
      {
        id: 'due',
        title: t('columns.due'),
        cell: row => (
          <span className={row.isLate ? 'cs-tone-amber' : undefined}>
            <InstantText at={row.dueAt} />
            {row.isLate && ` · ${t('late')}`}
          </span>
        ),
        sort: row => row.dueAt,
        text: row => row.dueAt,
      },
      {
        id: 'order',
        title: t('columns.order'),
        cell: row => row.name,
        sort: row => row.name,
        text: row => row.name,
      },
      {
        id: 'where',
        title: t('columns.where'),
        grow: true,
        wrap: true,
        cell: row => (
          <span className="wb-wide-cell">
            {row.address}
            {row.hazards.length > 0 && (
              <span className="cs-tone-red">
                {' · '}
                <Icon name="warning" size={14} />
                <span className="cs-sr">{t('hazards')}</span> {row.hazards.map(one => one.note).join('; ')}
              </span>
            )}
          </span>
        ),
        sort: row => row.address,
        text: row => row.address,
      },
      {
        id: 'state',
        title: t('columns.state'),
        cell: row => <Badge>{states(`work.orderState.${row.state}`)}</Badge>,
        sort: row => row.state,
        text: row => states(`work.orderState.${row.state}`),
      },
      {
        id: 'with',
        title: t('columns.with'),
        cell: row => row.assignedTo ?? <span className="cs-quiet">{t('nobody')}</span>,
        sort: row => row.assignedTo,
        text: row => row.assignedTo ?? '',
      },
      {
        id: 'wanted',
        title: t('columns.wanted'),
        cell: row => row.wantedOn && <LocalDateText date={row.wantedOn} />,
        sort: row => row.wantedOn,
        text: row => row.wantedOn ?? '',
      },
    ],
    [t, states],
  )
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={orders}
      rowKey={row => String(row.orderId)}
      onOpen={row => void navigate({ to: paths.order(row.orderId) })}
      empty={<EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>}
    />
  )
}
