/** The two sentences in English, as an advisor says them. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Amount, Reason, SummaryFacts } from './summary.ts'

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const dayOf = (on: LocalDate): string =>
  `${months[Number(on.slice(5, 7)) - 1]} ${Number(on.slice(8, 10))}, ${on.slice(0, 4)}`

export function english(facts: SummaryFacts): string {
  const { change, reason, rest, isProved } = facts
  if (!change) return aloneOf(facts)
  const head = `${subjectOf(facts)}${changeOf(change)}.`
  if (!isProved)
    return `${head} Do not explain it yet: the records do not give this amount, so ask billing first.`
  if (!reason) return head
  return `${head} ${reasonText(reason)}${rest ? `; other changes ${effect(rest, 'they')}` : ''}.`
}

function aloneOf(facts: SummaryFacts): string {
  const { used, days, fromOn, toOn } = facts
  const what = used ? `for ${used} of water in ${count(days)}` : `for ${count(days)}`
  return `${subjectOf(facts, what)}. It goes from ${dayOf(fromOn)} to ${dayOf(toOn)}.`
}

const count = (days: number): string => (days === 1 ? 'one day' : `${days} days`)
const kinds = { first: 'first bill', regular: 'bill', final: 'final bill', 'off-cycle': 'bill' } as const

function subjectOf({ kind, total, days }: SummaryFacts, alone?: string): string {
  const length = alone ?? (kind === 'regular' ? null : `for ${count(days)}`)
  const bill = length ? `This ${kinds[kind]}, ${length},` : `This ${kinds[kind]}`
  if (total.sign === 0) return `${bill} comes to nothing to pay`
  return `${bill} is ${total.sign < 0 ? 'a credit of ' : ''}${total.dollars}`
}

function changeOf({ sign, dollars, against }: NonNullable<SummaryFacts['change']>): string {
  const other = against === 'last-bill' ? 'the last one' : 'the bill of the same time last year'
  if (sign === 0) return `, the same as ${other}`
  return `, ${dollars} ${sign > 0 ? 'more' : 'less'} than ${other}`
}

const effect = ({ sign, dollars }: Amount, who: 'it' | 'they'): string => {
  const verb = sign > 0 ? 'add' : 'take'
  return `${verb}${who === 'it' ? 's' : ''} ${sign > 0 ? '' : 'off '}${dollars}`
}

const reasonText = (reason: Reason): string => `${causeOf(reason)}, which ${effect(reason, 'it')}`

function causeOf(reason: Reason): string {
  const { code, before, now, unit, since } = reason
  const figures = before && now ? { before, now } : null
  switch (code) {
    case 'use':
      return useOf(reason)
    case 'days':
      return `It covers ${now} days instead of ${before}`
    case 'persons':
    case 'area': {
      const part = code === 'persons' ? 'indoor' : 'outdoor'
      return `The ${part} part of the water budget changed${figures ? `: all of it went from ${before} to ${now} ${unit}` : ''}`
    }
    case 'weather':
      return `The season and the weather changed the water budget${figures ? ` from ${before} to ${now} ${unit}` : ''}`
    case 'rates':
      return since ? `The rates changed on ${dayOf(since)}` : 'The rates changed'
    case 'sewer-average':
      return figures
        ? `The sewer charge now goes by a winter average of ${now} ${unit} instead of ${before}`
        : 'The winter average that the sewer charge goes by changed'
    case 'service':
      return 'A service or the meter changed'
  }
}

function useOf({ before, now, way, estimate }: Reason): string {
  const figures = before && now ? `about ${now} gallons a day instead of ${before}` : null
  if (estimate === 'settled')
    return `The last bill was an estimate and this one goes by the meter, so it makes up for the difference${figures ? `: ${figures}` : ''}`
  if (estimate === 'now') return `This bill is an estimate${figures ? ` of ${figures}` : ''}`
  if (way === 'other' || !figures) return 'The use of water changed'
  return `${way === 'more' ? 'More' : 'Less'} water was used, ${figures}`
}
