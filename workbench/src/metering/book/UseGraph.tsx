import { EmptyState, UsageChart, useUi } from '@curbstop/ui'
import { useMemo } from 'react'
import { useWords } from '../../shell/words.ts'
import { gallonsText } from './format.ts'
import { graphPoints } from './graph-points.ts'
import type { ExceptionView } from './shapes.ts'

/** Two years of use a day against what was usual, last year and comparable users; this read stands out. */
export function UseGraph({ view, height = 236 }: { view: ExceptionView; height?: number }) {
  const t = useWords('readBook')
  const { strings } = useUi()
  const points = useMemo(
    () =>
      graphPoints(view, {
        months: strings.calendar.months,
        note: ({ gallons }, days) =>
          gallons === null
            ? t('view.noUse', { days })
            : t('view.gallons', { gallons: gallonsText(gallons), days }),
      }),
    [view, strings, t],
  )
  if (points.length === 0) return <EmptyState title={t('view.hidden')} />
  return (
    <UsageChart
      title={t('view.useTitle', { count: points.length })}
      points={points}
      unit={t('view.galADay')}
      names={{ value: t('view.thisYear') }}
      events={
        points.some(point => point.id === view.onDate)
          ? [{ id: 'doubt', at: view.onDate, within: 0.5, label: t('view.doubtful'), tone: 'amber' }]
          : []
      }
      height={height}
      fileName={`use-${view.serial}`}
    />
  )
}
