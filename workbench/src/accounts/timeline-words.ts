/** A timeline row in words, from its codes and facts alone. */
import { formatDay, isLocalDate, type LocalDate } from '@curbstop/kernel/dates'
import { formatNumber } from '@curbstop/ui'
import type { useWords } from '../shell/words.ts'
import { strings } from './timeline-strings.ts'
import type { Period } from './use-points.ts'
import type { TimelineRow } from './view.ts'

export type Say = ReturnType<typeof useWords<'timeline'>>

export type Wording = {
  readonly say: Say
  readonly today: LocalDate
  readonly periods: readonly Period[]
  readonly billUnit: string
}

/** A code of the server that has words here; one that has none is shown as it stands. */
const has = <T extends object>(table: T, code: string | null | undefined): code is keyof T & string =>
  typeof code === 'string' && code in table

/** The small word before the sentence: bill, read, pay. */
export const kindWord = (row: TimelineRow, say: Say): string =>
  has(strings.kind, row.kind) ? say(`kind.${row.kind}`) : say(`group.${row.group}`)

export function rowWords(row: TimelineRow, wording: Wording): string {
  return partsOf(row, wording)
    .filter(part => part !== null && part !== undefined && part !== '')
    .join(' · ')
}

type Parts = readonly (string | null | undefined)[]

function partsOf(row: TimelineRow, wording: Wording): Parts {
  switch (row.group) {
    case 'money':
      return moneyParts(row, wording)
    case 'reads':
      return readParts(row, wording.say)
    case 'orders':
      return orderParts(row, wording)
    case 'contacts':
      return row.kind === 'message' ? messageParts(row, wording.say) : contactParts(row, wording.say)
    case 'edits':
      return editParts(row, wording.say)
  }
}

function moneyParts(row: TimelineRow, { say, today, periods, billUnit }: Wording): Parts {
  const { memo, dueOn, reversed, reference, returned } = row.facts
  const head = has(strings.money, row.kind) ? say(`money.${row.kind}`) : row.kind
  const period =
    row.ref?.kind === 'bill' ? periods.find(one => String(one.billId) === row.ref?.id) : undefined
  return [
    head,
    period ? say('billDays', { days: period.days }) : null,
    period ? say('used', { used: period.usageUnits, unit: billUnit.toUpperCase() }) : null,
    dueOn && isLocalDate(dueOn) && row.kind === 'bill' ? say('due', { on: formatDay(dueOn, today) }) : null,
    row.kind === 'payment' ? tenderWords(row, say) : null,
    reference ? say('reference', { reference }) : null,
    memo,
    returned ? say('returned', { code: returned }) : null,
    reversed && !returned ? say('reversed') : null,
  ]
}

/** `cash at the counter`, `card by autopay`. */
function tenderWords({ facts: { tender, channel } }: TimelineRow, say: Say): string {
  const how = has(strings.tender, tender) ? say(`tender.${tender}`) : tender
  const where = has(strings.paidVia, channel) ? say(`paidVia.${channel}`) : channel
  return [how, where].filter(Boolean).join(' ')
}

function readParts(row: TimelineRow, say: Say): Parts {
  const { value, kind, source, serial, note } = row.facts
  return [
    value ? say('read', { value: formatNumber(Number(value)) }) : null,
    has(strings.readKind, kind) ? say(`readKind.${kind}`) : kind,
    has(strings.readSource, source) && source !== 'handheld' && source !== kind
      ? say(`readSource.${source}`)
      : null,
    row.kind === 'read-void' ? say('voided') : null,
    serial ? say('serial', { serial }) : null,
    note,
  ]
}

function orderParts(row: TimelineRow, { say, today }: Wording): Parts {
  const { name, outcome, note, wantedOn, assignedTo } = row.facts
  if (row.kind === 'order-done') return [say('done', { name: name ?? '', outcome: outcome ?? '' }), note]
  return [
    say('ordered', { name: name ?? '' }),
    wantedOn && isLocalDate(wantedOn) ? say('wanted', { on: formatDay(wantedOn, today) }) : null,
    assignedTo ? say('assigned', { name: assignedTo }) : null,
  ]
}

function contactParts(row: TimelineRow, say: Say): Parts {
  const { channel, reason, outcome, note } = row.facts
  return [
    has(strings.channel, channel) ? say(`channel.${channel}`) : channel,
    reason,
    has(strings.outcome, outcome) ? say(`outcome.${outcome}`) : outcome,
    note,
  ]
}

function messageParts(row: TimelineRow, say: Say): Parts {
  const { subject, channel, state, sentTo } = row.facts
  return [
    subject,
    has(strings.channel, channel) ? say(`channel.${channel}`).toLowerCase() : channel,
    sentTo,
    has(strings.delivery, state) ? say(`delivery.${state}`) : state,
  ]
}

/** Commands whose effect has a row of its own: the order, the read, the message, the contact. */
const toldElsewhere =
  /^(contacts\.|fieldwork\.(make|complete)Order|correspondence\.|metering\.enterRead|billing\.)/

/** Among everything, an edit is shown when nothing else tells of it; asked for edits, every one but mere typing. */
export const isShown = (row: TimelineRow, group: TimelineRow['group'] | 'all'): boolean => {
  if (group !== 'all' && row.group !== group) return false
  if (row.group !== 'edits' || !row.facts.duty) return true
  return group === 'all'
    ? !toldElsewhere.test(row.facts.duty)
    : !/^contacts\.(noteSteps|keepDraft)$/.test(row.facts.duty)
}

/** Ids say nothing to a reader; what they point at has its own row. */
const readable = (changed: string | null | undefined): string =>
  (changed ?? '')
    .split(', ')
    .filter(part => !/^\w+Id\b/.test(part))
    .join(', ')

function editParts(row: TimelineRow, say: Say): Parts {
  const { duty, reason } = row.facts
  const changed = readable(row.facts.changed)
  const done = duty?.replace('.', '-')
  return [has(strings.duty, done) ? say(`duty.${done}`) : plainDuty(duty), changed, reason]
}

/** `accounts.changeHousehold` → `change household`, for a duty that has no words yet. */
const plainDuty = (duty: string | null | undefined): string =>
  (duty ?? '').replace(/^.*\./, '').replace(/([A-Z])/g, letter => ` ${letter.toLowerCase()}`)

/** What was used between this read and the one before it, where a bill says so. */
export function usedBy(row: TimelineRow, { periods, billUnit, say }: Wording): string | null {
  if (row.kind !== 'read') return null
  const period = periods.find(one => one.toOn === row.on)
  return period ? `+${say('used', { used: period.usageUnits, unit: billUnit.toUpperCase() })}` : null
}
