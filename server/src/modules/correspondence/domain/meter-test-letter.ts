/** The written result of a meter test (MTR-009): what every flow said, what follows, in one sentence each. */
import { refuse } from '@curbstop/kernel/errors'
import { formatDollars } from '@curbstop/kernel/money'
import type { z } from 'zod'
import type { meterTestData } from '../contract/letters.ts'
import type { Block } from './blocks.ts'
import { errors } from './errors.ts'
import type { Words } from './words.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

export function meterTestLetter(
  data: z.output<typeof meterTestData>,
  words: Words,
): { subject: string; blocks: readonly Block[] } {
  const { say, date, number } = words
  const { verdict, outcome, accuracy, fee, offer, fromOn } = data
  if ((outcome === 'refund' || outcome === 'back-bill') && (!fromOn || data.cents <= 0n))
    throw refuse(errors, 'correspondence.empty-variable', { name: 'cents' })
  const percent = (value: number) => say('meter-test.percent', { value: number(value, 2) })
  const difference = percent(Math.round(Math.abs(accuracy - 100) * 100) / 100)
  const rows = data.flows.map(({ flow, accuracy: said, least, most, passed }) => [
    say(`meter-test.flow.${flow}`),
    percent(said),
    most === null
      ? say('meter-test.at-least', { least: percent(least) })
      : say('meter-test.between', { least: percent(least), most: percent(most) }),
    say(passed ? 'meter-test.inside' : 'meter-test.outside'),
  ])
  const columns = [
    { head: say('meter-test.column.flow'), align: 'left' as const },
    { head: say('meter-test.column.registered'), align: 'right' as const },
    { head: say('meter-test.column.limits'), align: 'left' as const },
    { head: say('meter-test.column.result'), align: 'left' as const },
  ]
  const money = {
    amount: formatDollars(data.cents),
    from: fromOn ? date(fromOn) : '',
    bills: number(data.bills),
  }
  const what =
    outcome === 'refund' || outcome === 'back-bill' ? say(`meter-test.outcome.${outcome}`, money) : null
  return {
    subject: say('meter-test.subject', { serial: data.serial }),
    blocks: [
      paragraph(say(`meter-test.intro.${data.place}`, { serial: data.serial, on: date(data.testedOn) })),
      paragraph(say(`meter-test.verdict.${verdict}`, { accuracy: percent(accuracy), difference })),
      { kind: 'table', columns, rows },
      paragraph(what ?? say(`meter-test.outcome.${outcome as 'none' | 'waived'}`)),
      ...(offer
        ? [
            paragraph(
              say('meter-test.offer', {
                count: number(offer.instalments),
                amount: formatDollars(offer.cents),
                due: date(offer.dueOn),
              }),
            ),
          ]
        : []),
      ...(fee ? [paragraph(say(`meter-test.fee.${fee.is}`, { amount: formatDollars(fee.cents) }))] : []),
      paragraph(say('meter-test.ask')),
    ],
  }
}
