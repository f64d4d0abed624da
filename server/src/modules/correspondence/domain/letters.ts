/** The letters: data in, subject and blocks out. Pure, so that a preview is the message itself. */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { formatDollars, sum } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'
import type { z } from 'zod'
import type {
  billExplanationData,
  conservationTipsData,
  contactSummaryData,
  fieldVisitData,
  leakCheckData,
  letter,
  usageGraphData,
} from '../contract/letters.ts'
import type { Bar, Block } from './blocks.ts'
import { errors } from './errors.ts'
import { meterTestLetter } from './meter-test-letter.ts'
import { varianceLetter } from './variance-letter.ts'
import { signedDollars, type Words } from './words.ts'

export type Letter = z.output<typeof letter>
export type Setting = { readonly unit: BillUnit; readonly phone: string; readonly today: LocalDate }
export type Draft = { readonly subject: string; readonly blocks: readonly Block[] }

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const heading = (text: string): Block => ({ kind: 'heading', text })
const list = (items: readonly string[]): Block => ({ kind: 'list', items })

export function draftLetter(letter: Letter, words: Words, setting: Setting): Draft {
  switch (letter.template) {
    case 'usage-graph':
      return usageGraph(letter.data, words, setting)
    case 'bill-explanation':
      return billExplanation(letter.data, words, setting)
    case 'contact-summary':
      return contactSummary(letter.data, words, setting)
    case 'leak-check':
      return leakCheck(letter.data, words)
    case 'conservation-tips':
      return conservationTips(letter.data, words, setting)
    case 'field-visit':
      return fieldVisit(letter.data, words, setting)
    case 'variance':
      return varianceLetter(letter.data, words)
    case 'meter-test':
      return meterTestLetter(letter.data, words)
  }
}

type Period = { fromOn: LocalDate; toOn: LocalDate; days: number }

function checkPeriod({ fromOn, toOn, days }: Period): void {
  if (daysBetween(fromOn, toOn) === days) return
  const what = `A billing period from ${fromOn} to ${toOn} does not have ${days} days.`
  throw refuse(errors, 'correspondence.dates-out-of-order', { what })
}

function usageGraph(data: z.output<typeof usageGraphData>, words: Words, { unit }: Setting): Draft {
  const { say, number } = words
  const { periods } = data
  for (const [index, period] of periods.entries()) {
    checkPeriod(period)
    if (index > 0 && period.fromOn < periods[index - 1]!.toOn) {
      const what = 'The billing periods overlap or are not in order, oldest first.'
      throw refuse(errors, 'correspondence.dates-out-of-order', { what })
    }
  }
  const label = (period: Period) => say('period', words.shortSpan(period.fromOn, period.toOn))
  const perDay = (units: string, days: number) => number(Number(units) / days, 2)
  const rows = periods.map(period => [
    label(period),
    number(period.days),
    `${number(period.usageUnits)}${period.isEstimated ? ` (${say('usage-graph.estimated')})` : ''}`,
    perDay(period.usageUnits, period.days),
    period.lastYearUnits === null ? say('usage-graph.none') : number(period.lastYearUnits),
  ])
  const bars = periods.map<Bar>(period => ({
    label: label(period),
    value: number(period.usageUnits),
    size: Number(period.usageUnits) / period.days,
    pale: period.isEstimated,
  }))
  const ends = words.span(periods[0]!.fromOn, periods.at(-1)!.toOn)
  const total = periods.reduce((units, period) => units + Number(period.usageUnits), 0)
  const days = periods.reduce((all, period) => all + period.days, 0)
  const right = (head: string) => ({ head, align: 'right' as const })
  const columns = [
    { head: say('usage-graph.period'), align: 'left' as const },
    right(say('usage-graph.days')),
    right(say('usage-graph.use')),
    right(say('usage-graph.per-day')),
    right(say('usage-graph.last-year')),
  ]
  return {
    subject: say('usage-graph.subject', ends),
    blocks: [
      paragraph(say('usage-graph.intro', { unit: say(`unit.${unit}`) })),
      { kind: 'bars', rows: bars },
      { kind: 'table', columns, rows },
      paragraph(
        say('usage-graph.total', {
          total: number(total.toFixed(4)),
          unit: words.unit(unit),
          days: words.days(days),
        }),
      ),
    ],
  }
}

function billExplanation(data: z.output<typeof billExplanationData>, words: Words, { unit }: Setting): Draft {
  const { say } = words
  const { now, before, changes } = data
  checkPeriod(now)
  checkPeriod(before)
  const change = now.totalCents - before.totalCents
  const reasons = sum(changes.map(one => one.cents))
  if (reasons !== change) {
    const facts = { reasons: formatDollars(reasons), change: formatDollars(change) }
    throw refuse(errors, 'correspondence.does-not-add-up', facts)
  }
  const span = words.span(now.fromOn, now.toOn)
  const spanBefore = words.span(before.fromOn, before.toOn)
  const verdict = change > 0n ? 'more' : change < 0n ? 'less' : 'same'
  const size = formatDollars(change < 0n ? -change : change)
  const rows = changes
    .filter(one => one.cents !== 0n)
    .map(one => [
      words.trySay(`change.${one.code}.detail`, one.values) ?? say(`change.${one.code}`),
      signedDollars(one.cents),
    ])
  const table: Block = {
    kind: 'table',
    columns: [
      { head: say('bill-explanation.reason'), align: 'left' },
      { head: say('bill-explanation.amount'), align: 'right' },
    ],
    rows,
    foot: [say('bill-explanation.sum'), signedDollars(change)],
  }
  return {
    subject: say('bill-explanation.subject', { total: formatDollars(now.totalCents) }),
    blocks: [
      paragraph(
        say('bill-explanation.intro', {
          ...span,
          fromBefore: spanBefore.from,
          toBefore: spanBefore.to,
          total: formatDollars(now.totalCents),
          before: formatDollars(before.totalCents),
          due: words.date(data.dueOn),
        }),
      ),
      paragraph(say(`bill-explanation.${data.against}`)),
      paragraph(say(`bill-explanation.${verdict}`, { change: size })),
      ...(rows.length > 0 ? [table] : []),
      paragraph(
        say('bill-explanation.use', {
          use: words.number(now.usageUnits),
          useBefore: words.number(before.usageUnits),
          unit: words.unit(unit),
          days: words.days(now.days),
          daysBefore: words.days(before.days),
        }),
      ),
    ],
  }
}

function contactSummary(data: z.output<typeof contactSummaryData>, words: Words, { today }: Setting): Draft {
  const { say } = words
  if (data.contactOn > today) {
    const what = `The contact on ${data.contactOn} has not taken place yet.`
    throw refuse(errors, 'correspondence.dates-out-of-order', { what })
  }
  const on = words.date(data.contactOn)
  const next = data.nextSteps.length > 0 ? [heading(say('contact-summary.next')), list(data.nextSteps)] : []
  const followUp = data.followUpOn
    ? [paragraph(say('contact-summary.follow-up', { on: words.date(data.followUpOn) }))]
    : []
  return {
    subject: say('contact-summary.subject', { on }),
    blocks: [
      paragraph(say('contact-summary.intro', { how: say(`how.${data.channel}`), on })),
      list(data.points),
      ...next,
      ...followUp,
      paragraph(say('contact-summary.advisor', { advisor: data.advisor })),
    ],
  }
}

function leakCheck(data: z.output<typeof leakCheckData>, words: Words): Draft {
  const { say, number } = words
  const loss = data.lossGallonsPerDay
    ? [
        paragraph(
          say('leak-check.loss', { loss: say('gallons', { amount: number(data.lossGallonsPerDay) }) }),
        ),
      ]
    : []
  return {
    subject: say('leak-check.subject'),
    blocks: [
      paragraph(say('leak-check.intro')),
      ...loss,
      heading(say('leak-check.meter-title')),
      list([
        say('leak-check.meter-off'),
        say('leak-check.meter-read', { minutes: data.meterMinutes }),
        say('leak-check.meter-moved'),
        say('leak-check.valve'),
      ]),
      heading(say('leak-check.toilet-title')),
      list([say('leak-check.toilet-dye', { minutes: data.dyeMinutes }), say('leak-check.toilet-color')]),
      heading(say('leak-check.outside-title')),
      list([say('leak-check.outside')]),
      paragraph(say('leak-check.after')),
    ],
  }
}

function conservationTips(
  data: z.output<typeof conservationTipsData>,
  words: Words,
  setting: Setting,
): Draft {
  const { say, number } = words
  const unit = words.unit(setting.unit)
  const use = data.usageUnits ? [say('conservation-tips.use', { use: number(data.usageUnits), unit })] : []
  const budget = data.budgetUnits
    ? [say('conservation-tips.budget', { budget: number(data.budgetUnits), unit })]
    : []
  const figures = [...use, ...budget].join(' ')
  return {
    subject: say('conservation-tips.subject'),
    blocks: [
      ...(figures ? [paragraph(figures)] : []),
      paragraph(say('conservation-tips.intro')),
      list([...new Set(data.tips)].map(tip => say(`tip.${tip}`))),
    ],
  }
}

function fieldVisit(data: z.output<typeof fieldVisitData>, words: Words, { phone, today }: Setting): Draft {
  const { say } = words
  const { visitOn, between } = data
  if (visitOn < today || (between && between.to <= between.from)) {
    const what = visitOn < today ? `The visit on ${visitOn} is past.` : 'The visit ends before it begins.'
    throw refuse(errors, 'correspondence.dates-out-of-order', { what })
  }
  const on = words.date(visitOn)
  const window = between
    ? say('field-visit.window', { from: words.time(between.from), to: words.time(between.to) })
    : say('field-visit.any-time')
  return {
    subject: say('field-visit.subject', { on }),
    blocks: [
      paragraph(say('field-visit.intro', { on, purpose: say(`purpose.${data.purpose}`) })),
      paragraph(window),
      paragraph(say(data.somebodyAtHome ? 'field-visit.home' : 'field-visit.not-home')),
      paragraph(say('field-visit.badge', { order: data.orderNumber })),
      paragraph(say('field-visit.change', { phone })),
    ],
  }
}
