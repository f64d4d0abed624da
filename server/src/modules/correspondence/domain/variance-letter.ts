/** The letter about a water-budget request. A denial always says how to appeal (WB-040). */
import { addDays } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { z } from 'zod'
import type { varianceData } from '../contract/letters.ts'
import type { Block } from './blocks.ts'
import { errors } from './errors.ts'
import type { Words } from './words.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const heading = (text: string): Block => ({ kind: 'heading', text })

export function varianceLetter(
  data: z.output<typeof varianceData>,
  words: Words,
): { subject: string; blocks: readonly Block[] } {
  const { say, date, number } = words
  const { news, gives, fromOn, untilOn, reason, appealBy } = data
  if (fromOn && untilOn && untilOn <= fromOn)
    throw refuse(errors, 'correspondence.dates-out-of-order', { what: 'The variance ends before it begins.' })
  if (news === 'denied' && !appealBy)
    throw refuse(errors, 'correspondence.empty-variable', { name: 'appealBy' })
  const kind = say(`variance.kind.${data.kind}`)
  const on = date(data.requestedOn)
  const given = gives.map(({ what, amount }) =>
    say(`variance.gives.${what}`, {
      amount: number(what === 'outdoor-factor' ? Math.round((amount - 1) * 100) : amount),
    }),
  )
  const span: Block[] = []
  if (fromOn) span.push(paragraph(say('variance.begins', { from: date(fromOn) })))
  if (untilOn) span.push(paragraph(say('variance.ends', { until: date(addDays(untilOn, -1)) })))
  const why: Block[] = reason ? [heading(say(`variance.reason.${reasonOf(news)}`)), paragraph(reason)] : []
  return {
    subject: say(`variance.subject.${news}`, { kind }),
    blocks: [
      paragraph(say(`variance.intro.${news}`, { kind, on })),
      ...(given.length > 0 ? [{ kind: 'list' as const, items: given }] : []),
      ...span,
      ...why,
      ...(appealBy ? [paragraph(say('variance.appeal', { by: date(appealBy) }))] : []),
      ...(news === 'evidence-asked' ? [paragraph(say('variance.documents'))] : []),
      ...(news === 'approved' || news === 'appeal-granted' ? [paragraph(say('variance.changes'))] : []),
    ],
  }
}

const reasonOf = (news: z.output<typeof varianceData>['news']) =>
  news === 'evidence-asked' ? 'wanted' : 'reason'
