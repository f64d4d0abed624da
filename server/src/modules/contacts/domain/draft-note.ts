/**
 * The note an advisor would write, from what was opened and done: the reason, one sentence of what was found and
 * explained, then each thing that was done. The advisor edits a sentence; nothing is invented here.
 */
import { formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { formatDollars } from '@curbstop/kernel/money'
import type { Step, StepKind } from './steps.ts'
import type { Fixture, Outcome } from './words.ts'

export type NoteFacts = { reasonName: string | null; today: LocalDate }

type FactsByKind = { [S in Step as S['kind']]: S['facts'] }
type Facts<K extends StepKind> = FactsByKind[K]

export function draftNote(steps: readonly Step[], facts: NoteFacts): string {
  const clauses = unique(clausesOf(steps, facts.today))
  const sentences = unique(steps.flatMap(step => sentenceOf(step, facts.today)))
  const last = lastOf(steps, 'verified')
  return [
    ...(facts.reasonName ? [facts.reasonName] : []),
    ...(clauses.length > 0 ? [capital(clauses.join('; '))] : []),
    ...sentences,
    ...(last?.outcome === 'unverified' ? ['Caller not verified; general information only'] : []),
  ]
    .map(ended)
    .join(' ')
}

/** What was said and found; the latest word on a subject counts. */
function clausesOf(steps: readonly Step[], today: LocalDate): string[] {
  const heard = steps.flatMap(step =>
    step.kind === 'heard' ? [`customer says ${unended(step.facts.words)}`] : [],
  )
  const use = lastOf(steps, 'looked-at-use')
  const bill = merged(steps, 'explained-bill')
  const opened = lastOf(steps, 'opened-bill')
  const explained = steps.flatMap(step =>
    step.kind === 'explained' ? [`explained ${unended(step.facts.topic)}`] : [],
  )
  const whatIfs = steps.flatMap(step => (step.kind === 'what-if' ? [whatIfClause(step.facts)] : []))
  const cause = lastOf(steps, 'likely-cause')
  const leak = leakClause(lastOf(steps, 'leak-check'))
  return [
    ...heard,
    ...(use ? [useClause(use, today)] : []),
    ...(bill ? [billClause(bill)] : opened ? [openedBillClause(opened, today)] : []),
    ...explained,
    ...(leak ? [leak] : cause ? [`suspects ${unended(cause.cause)}`] : []),
    ...whatIfs,
  ]
}

function useClause({ pattern, since, stays }: Facts<'looked-at-use'>, today: LocalDate): string {
  const month = since && monthName(since, today)
  const then = stays === undefined ? '' : stays ? ' and stays up' : ' and came back down'
  switch (pattern) {
    case 'stepped-up':
      return `use stepped up${month ? ` in ${month}` : ''}${then}`
    case 'spike':
      return `use jumped${month ? ` in ${month}` : ''}${then}`
    case 'rising':
      return `use has been rising${month ? ` since ${month}` : ''}`
    case 'zero':
      return `no use was measured${month ? ` since ${month}` : ''}`
    case 'seasonal':
      return 'use follows the season'
    case 'flat':
      return 'use is as usual'
    case 'estimated':
      return 'the last read was estimated'
    default:
      return 'went through the use'
  }
}

function billClause({ fromCents, toCents, mostly }: Facts<'explained-bill'>): string {
  const amounts =
    fromCents !== undefined && toCents !== undefined
      ? ` (${formatDollars(fromCents)} to ${formatDollars(toCents)})`
      : ''
  return `explained the bill line by line${amounts}${mostly ? `, mostly ${unended(mostly)}` : ''}`
}

function openedBillClause({ issuedOn }: Facts<'opened-bill'>, today: LocalDate): string {
  return `went through the bill${issuedOn ? ` of ${formatDay(issuedOn, today)}` : ''}`
}

function whatIfClause({ what, fromCents, toCents }: Facts<'what-if'>): string {
  const amounts =
    fromCents !== undefined && toCents !== undefined
      ? `: ${formatDollars(fromCents)} would be ${formatDollars(toCents)}`
      : ''
  return `showed what if ${unended(what)}${amounts}`
}

const fixtureNames: Readonly<Record<Fixture, string>> = {
  toilet: 'toilet',
  faucet: 'faucet',
  irrigation: 'irrigation',
  pool: 'pool',
  softener: 'water softener',
  'water-heater': 'water heater',
  'service-line': 'service line',
  unknown: 'leak',
}

function leakClause(check: Facts<'leak-check'> | null): string | null {
  if (!check) return null
  const fixture = fixtureNames[check.fixture ?? 'unknown']
  switch (check.result) {
    case 'found':
      return fixture === 'leak' ? 'leak check found a leak' : `leak check found the ${fixture} leaking`
    case 'suspected':
      return fixture === 'leak' ? 'suspects a leak' : `suspects ${fixture}`
    case 'none':
      return 'leak check found nothing'
    case 'customer-will-test':
      return 'customer will do the leak check at home'
    case 'not-done':
      return null
  }
}

const sentBy = { email: 'e-mailed', sms: 'texted', letter: 'mailed', print: 'printed' } as const
const movedBy = { start: 'Service starts', stop: 'Service stops', transfer: 'Service moves over' } as const

/** What was done, a sentence each. */
function sentenceOf(step: Step, today: LocalDate): string[] {
  switch (step.kind) {
    case 'order-made': {
      const { what, orderId, wantedOn } = step.facts
      return [`${capital(what)} order ${orderId}${wantedOn ? ` for ${formatDay(wantedOn, today)}` : ''}`]
    }
    case 'order-changed':
      return [`Order ${step.facts.orderId}: ${step.facts.what}`]
    case 'message-sent':
      return [`${capital(step.facts.what)} ${sentBy[step.facts.channel]}`]
    case 'changed-data':
      return [`Changed ${step.facts.what}`]
    case 'service-moved':
      return [`${movedBy[step.facts.what]} ${formatDay(step.facts.on, today)}`]
    case 'hold-placed':
      return [
        `Hold placed: ${step.facts.what}${step.facts.until ? ` until ${formatDay(step.facts.until, today)}` : ''}`,
      ]
    case 'alert-placed':
      return [`Alert placed: ${step.facts.what}`]
    case 'asked-senior':
      return [`Asked a senior${step.facts.about ? ` about ${step.facts.about}` : ''}`]
    case 'referred':
      return [`Referred to ${step.facts.to}${step.facts.why ? `: ${step.facts.why}` : ''}`]
    case 'task-made':
      return [`To do by ${formatDay(step.facts.dueOn, today)}: ${step.facts.title}`]
    default:
      return []
  }
}

const reasonOfOrder: readonly [RegExp, string][] = [
  [/pressure/i, 'pressure'],
  [/no water/i, 'no-water'],
  [/quality|taste|odou?r/i, 'water-quality'],
  [/meter/i, 'meter'],
]
const highBill: readonly StepKind[] = ['explained-bill', 'leak-check', 'likely-cause', 'what-if']

/** The reason the steps speak for, or null. */
export function suggestReason(steps: readonly Step[]): string | null {
  const moved = lastOf(steps, 'service-moved')
  if (moved) return moved.what === 'stop' ? 'stop-service' : 'start-service'
  if (steps.some(step => highBill.includes(step.kind))) return 'high-bill'
  const order = lastOf(steps, 'order-made')
  const named = order && reasonOfOrder.find(([words]) => words.test(order.what))
  if (named) return named[1]
  if (order && /leak/i.test(order.what)) return 'leak'
  if (lastOf(steps, 'changed-data')) return 'account-change'
  if (lastOf(steps, 'opened-bill')) return 'bill-question'
  if (lastOf(steps, 'looked-at-use')) return 'high-bill'
  return lastOf(steps, 'explained') ? 'general' : null
}

const referring: readonly StepKind[] = ['referred', 'asked-senior']
const following: readonly StepKind[] = ['order-made', 'task-made', 'hold-placed']

export function suggestOutcome(steps: readonly Step[]): Outcome | null {
  if (steps.some(step => referring.includes(step.kind))) return 'referred'
  if (steps.some(step => following.includes(step.kind))) return 'follow-up'
  return steps.some(step => !['opened-account', 'opened-timeline', 'verified'].includes(step.kind))
    ? 'resolved'
    : null
}

function lastOf<K extends StepKind>(steps: readonly Step[], kind: K): Facts<K> | null {
  const step = steps.findLast(one => one.kind === kind)
  return step ? (step.facts as Facts<K>) : null
}

/** Facts of all steps of a kind, the later word winning: opening a line adds to what was said of the bill. */
function merged<K extends StepKind>(steps: readonly Step[], kind: K): Facts<K> | null {
  const all = steps.filter(step => step.kind === kind).map(step => step.facts)
  return all.length > 0 ? (Object.assign({}, ...all) as Facts<K>) : null
}

function monthName(date: LocalDate, today: LocalDate): string {
  const name = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00Z`),
  )
  const isNear = date.slice(0, 4) === today.slice(0, 4)
  return isNear ? name : `${name} ${date.slice(0, 4)}`
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const unended = (text: string): string => text.replace(/[.;\s]+$/, '')
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
