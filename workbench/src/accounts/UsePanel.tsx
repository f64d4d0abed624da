import { formatDollars } from '@curbstop/kernel/money'
import { EmptyState, formatDate, UsageChart, useUi } from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { chartEvents, chartPoints, type UseUnit, type UseWords } from './use-points.ts'
import type { View } from './view.ts'

/** 24 months of use a day against last year, the budget and the weather, and how each bill was paid. */
export function UsePanel({ view }: { view: View }) {
  const t = useWords('accounts')
  const navigate = useNavigate()
  const [unit, setUnit] = useState<UseUnit>('gal')
  const words = useUseWords(view.billing.billUnit)
  const points = useMemo(() => chartPoints(view, words, unit), [view, words, unit])
  const events = useMemo(() => chartEvents(view, words), [view, words])
  const billUnit = view.billing.billUnit.toUpperCase()
  const { accountId } = view.account
  if (points.length === 0)
    return (
      <EmptyState title={t('use.empty')}>
        <span>{t('use.emptyHelp')}</span>
      </EmptyState>
    )
  return (
    <div className="wb-use">
      <UsageChart
        title={t('use.title', { unit: unit === 'gal' ? t('use.gal') : billUnit, count: points.length })}
        points={points}
        events={events}
        unit={unit === 'gal' ? t('use.galADay') : t('use.unitADay', { unit: billUnit })}
        units={[
          { id: 'gal', label: t('use.gal') },
          { id: 'bill', label: billUnit },
        ]}
        unitId={unit}
        onUnitChange={id => setUnit(id === 'bill' ? 'bill' : 'gal')}
        names={{ secondary: t('use.et') }}
        secondaryUnit={t('use.inches')}
        fileName={`use-${view.account.number}`}
        onOpen={point => {
          const period = view.billing.periods.find(one => String(one.billId) === point.id)
          if (period) void navigate({ to: paths.bill(accountId, period.billId) })
        }}
      />
    </div>
  )
}

function useUseWords(billUnit: string): UseWords {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  return useMemo(
    () => ({
      months: strings.calendar.months,
      note: period =>
        [
          t('use.note', {
            used: period.usageUnits,
            unit: billUnit.toUpperCase(),
            days: period.days,
            amount: formatDollars(period.totalCents),
          }),
          period.persons === null ? null : t('use.people', { count: period.persons }),
          period.readKind && period.readKind !== 'actual' ? t(`use.readKind.${period.readKind}`) : null,
        ]
          .filter(Boolean)
          .join(' · '),
      paid: timing =>
        t(`use.paid.${timing.state}`, {
          on: timing.paidOn ? formatDate(timing.paidOn, strings, { today, short: true }) : '',
          days: timing.daysLate,
        }),
      pins: {
        order: t('use.pin.order'),
        message: t('use.pin.message'),
        move: t('use.pin.move'),
        meter: t('use.pin.meter'),
      },
      stepUp: on => t('use.stepUp', { on: formatDate(on, strings, { today, short: true }) }),
    }),
    [t, strings, today, billUnit],
  )
}
