/** Evidence rows read back: what was answered, what the leak check gave, and how each row reads. */
import { causeOf, type GivenAnswer, questionOf, type StepResult, stepOf } from '../domain/index.ts'
import type { EvidenceRow } from '../store.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function answersIn(rows: readonly EvidenceRow[]): GivenAnswer[] {
  return rows
    .filter(row => row.kind === 'answer')
    .map(({ body }) => ({ question: text(body.question), answer: text(body.answer) }))
}

export function stepResultsIn(rows: readonly EvidenceRow[]): StepResult[] {
  return rows
    .filter(row => row.kind === 'check-step')
    .map(row => ({
      step: text(row.body.step),
      result: text(row.body.settles ?? row.body.result),
      says: sayEvidence(row),
    }))
}

/** The gallons a day of the newest leak test with two reads, when there was one. */
export function leakRateIn(rows: readonly EvidenceRow[]): number | null {
  const rates = rows.flatMap(({ body }) =>
    typeof body.gallonsPerDay === 'number' ? [body.gallonsPerDay] : [],
  )
  return rates.at(-1) ?? null
}

export function sayEvidence({ kind, body }: EvidenceRow): string {
  switch (kind) {
    case 'ranking': {
      const top = causeOf(text(body.top))
      return top
        ? `Ranked: ${top.name.toLowerCase()} first, ${text(body.share)} (library ${text(body.library)}).`
        : 'Ranked.'
    }
    case 'answer':
      return withNote(sayAnswer(body), body)
    case 'check-step':
      return withNote(sayStep(body), body)
    case 'order':
      return `Order ${text(body.orderId)} (${text(body.kind)}) made.`
    case 'check-result':
    case 'note':
      return text(body.note)
  }
}

const withNote = (says: string, { note }: EvidenceRow['body']): string =>
  note ? `${says} ${text(note)}` : says

function sayAnswer(body: EvidenceRow['body']): string {
  const question = questionOf(text(body.question))
  const answer = question?.answers.find(one => one.code === body.answer)
  return question && answer
    ? `Customer says ${answer.says}.`
    : `${text(body.question)}: ${text(body.answer)}.`
}

function sayStep(body: EvidenceRow['body']): string {
  const step = stepOf(text(body.step))
  const says = step?.answers.find(one => one.code === body.result)?.says ?? text(body.result)
  if (typeof body.gallonsPerDay !== 'number') return says
  return `${says} ${String(body.gallons)} gallons in ${String(body.minutes)} minutes: ${body.gallonsPerDay} gallons a day.`
}
