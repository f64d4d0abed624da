/** Periods of a place as the use chart wants them: last year beside, what was usual behind, the doubtful one told apart. */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { UsagePoint } from '@curbstop/ui'
import type { ExceptionView } from './shapes.ts'

type Period = ExceptionView['periods'][number]
type Words = { readonly months: readonly string[]; readonly note: (period: Period, days: number) => string }

const shown = 24
const middleOf = ({ fromOn, toOn }: Period): LocalDate =>
  addDays(fromOn, Math.floor(daysBetween(fromOn, toOn) / 2))
const whole = (value: number | null): number | null => (value === null ? null : Math.round(value))

/** The period whose middle lies within three weeks of a year before. */
function yearBefore(period: Period, periods: readonly Period[]): Period | null {
  const wanted = addDays(middleOf(period), -365)
  const away = (one: Period) => Math.abs(daysBetween(wanted, middleOf(one)))
  const [nearest] = [...periods].sort((a, b) => away(a) - away(b))
  return nearest && nearest !== period && away(nearest) <= 21 ? nearest : null
}

export function graphPoints(
  { periods, onDate }: Pick<ExceptionView, 'periods' | 'onDate'>,
  words: Words,
): UsagePoint[] {
  return periods.slice(-shown).map(period => {
    const month = words.months[Number(middleOf(period).slice(5, 7)) - 1] ?? ''
    const { usualLow, usualHigh } = period
    return {
      id: period.toOn,
      label: month.slice(0, 1),
      title: `${month} ${middleOf(period).slice(0, 4)}`,
      value: whole(period.gallonsPerDay),
      lastYear: whole(yearBefore(period, periods)?.gallonsPerDay ?? null),
      band:
        usualLow === null || usualHigh === null
          ? null
          : { low: Math.round(usualLow), high: Math.round(usualHigh) },
      peer: whole(period.peerMedian),
      estimated: period.estimated,
      highlighted: period.toOn === onDate,
      note: words.note(period, daysBetween(period.fromOn, period.toOn)),
    }
  })
}
