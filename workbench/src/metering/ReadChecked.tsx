import type { Output } from '@curbstop/kernel/endpoint'
import type { metering } from '@curbstop/server/contract/staff'
import { Alert, FactList, formatNumber } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'

/** What a read would mean: the use, what was expected, and what the checks say (VEE-010 and on). */
export function ReadChecked({ answer }: { answer: Output<typeof metering.enterRead> }) {
  const t = useWords('metering')
  const { period, expectedGallons, expectedFrom, checks } = answer
  const facts = [
    ...(period?.gallons != null
      ? [
          {
            label: t('enter.use'),
            value: t('enter.useSays', {
              gallons: formatNumber(period.gallons),
              days: period.days,
              daily: formatNumber(Math.round(period.gallonsPerDay ?? 0)),
            }),
          },
        ]
      : []),
    ...(expectedGallons != null && expectedFrom
      ? [
          {
            label: t('enter.expected'),
            value: `${t('gallonsOf', { amount: formatNumber(expectedGallons) })} ${t(`enter.expectedFrom.${expectedFrom}`)}`,
          },
        ]
      : []),
  ]
  return (
    <div className="cs-stack" role="status">
      <FactList facts={facts} />
      {checks.map(one => (
        <Alert key={one.check} tone={one.check === 'first' ? 'quiet' : 'amber'} title={one.says}>
          {one.rule}
        </Alert>
      ))}
      {checks.length === 0 && <p className="cs-tone-green">{period ? t('enter.fine') : t('enter.first')}</p>}
    </div>
  )
}
