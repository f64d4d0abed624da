import { formatNumber } from './Quantity.tsx'
import type { UiStrings } from './strings.ts'
import type { UsageEvent, UsagePoint } from './usageLayout.ts'

type Words = { names: UiStrings['chart']; unit: string; secondaryUnit: string }

/** A period in one sentence: every figure with its name, the payment, what happened. */
export function usageSentence(point: UsagePoint, events: readonly UsageEvent[], words: Words): string {
  const { names, unit } = words
  const figure = (value: number | null | undefined, name: string, of: string) =>
    value == null ? [] : [`${name} ${formatNumber(value)}${of ? ` ${of}` : ''}`]
  const main =
    point.value == null
      ? names.none
      : `${formatNumber(point.value)} ${unit}${point.estimated ? `, ${names.estimated}` : ''}`
  return [
    `${point.title}: ${main}`,
    ...figure(point.lastYear, names.lastYear, ''),
    ...(point.band
      ? [`${names.band} ${formatNumber(point.band.low)} – ${formatNumber(point.band.high)}`]
      : []),
    ...figure(point.peer, names.peer, ''),
    ...figure(point.budget, names.budget, ''),
    ...figure(point.secondary, names.secondary, words.secondaryUnit),
    ...(point.payment ? [point.payment.text] : []),
    ...(point.note ? [point.note] : []),
    ...events.filter(event => event.at === point.id).map(event => event.label),
  ].join(' · ')
}
