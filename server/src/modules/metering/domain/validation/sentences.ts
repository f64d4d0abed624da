/** What a finding says to the person who judges it: one line, with its figures. */
import type { HourFindingCode } from '../intervals/findings.ts'
import type { FindingCode } from './findings.ts'

export type Said = {
  readonly kind: string
  readonly measured: number | null
  readonly limit: number | null
  readonly facts: Readonly<Record<string, unknown>>
}

const whole = (value: unknown): string =>
  typeof value === 'number' ? Math.round(value).toLocaleString('en-US') : '?'

function timesUsual({ facts }: Said): string {
  const [gallons, expected] = [Number(facts.gallons), Number(facts.expectedGallons)]
  if (!(expected > 0) || !Number.isFinite(gallons)) return `${whole(facts.gallons)} gallons`
  const times = gallons / expected
  const share =
    times >= 1.95 ? `${times.toFixed(1)} times the usual` : `${Math.round(times * 100)} % of the usual`
  return `${share}: ${whole(gallons)} gallons, expected ${whole(expected)}`
}

const rate = ({ measured }: Said): string =>
  `${measured === null ? '?' : measured.toFixed(1)} gallons an hour`

const sentences: Readonly<Record<FindingCode | HourFindingCode, (said: Said) => string>> = {
  'continuous-flow': said => `Water never stops: at least ${rate(said)}`,
  'night-flow': said => `Flow at night, unlike its own nights: ${rate(said)}`,
  'night-toilet': said => `Comes and goes at night like a toilet: ${rate(said)}`,
  burst: said => `Like a burst pipe: up to ${rate(said)}`,
  spike: said => `One hour of ${rate(said)}: believable?`,
  stuck: () => 'The register has not moved where it always did',
  'backward-flow': () => 'Water ran backward through the meter',
  'channels-differ': () => 'The hours do not add up to the register',
  missing: () => 'Hours were never heard',
  date: () => 'The read is not after the last one',
  duplicate: () => 'The same value of the same day came twice',
  negative: ({ facts }) => `Below the last read of ${whole(facts.lastValue)}`,
  rollover: ({ facts }) => `Passed zero: ${whole(facts.gallons)} gallons, believable`,
  'no-previous': ({ facts }) => `Nothing to compare with: ${whole(facts.gallons)} gallons`,
  zero: ({ facts }) =>
    Number(facts.inRow) > 1 ? `No water for ${whole(facts.inRow)} reads in a row` : 'No water was used',
  high: timesUsual,
  low: timesUsual,
  unusual: timesUsual,
  multiplier: ({ facts }) =>
    `About ${String(facts.factor ?? '?')} times off: a wrong multiplier or unit? It would be ${whole(facts.wouldBeGallons)} gallons`,
  'same-use': ({ facts }) => `Exactly the use of the last period: ${whole(facts.gallons)} gallons`,
  misread: ({ facts }) => `One digit away from the usual: ${whole(facts.value)}?`,
  estimates: ({ facts }) => `${whole(facts.inRow)} estimates in a row`,
  'closed-use': ({ facts }) => `${whole(facts.gallons)} gallons on a closed account`,
  'vacant-use': ({ facts }) => `${whole(facts.gallons)} gallons where nobody is served`,
  'fire-flow': ({ facts }) => `${whole(facts.gallons)} gallons through a fire meter`,
  swapped: () => 'Fits the meter next door better than its own',
}

export function sayFinding(said: Said): string {
  const sentence = sentences[said.kind as FindingCode | HourFindingCode]
  return sentence ? sentence(said) : said.kind.replaceAll('-', ' ')
}
