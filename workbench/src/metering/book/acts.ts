/** What may be done with a read in doubt, its keys, and the sentence why not. Pure. */
import type { ExceptionLine, ExceptionView } from './shapes.ts'

export const decisions = ['accepted', 'corrected', 'estimated', 'rollover', 'customer-contacted'] as const
export const orders = ['RRD', 'MTST', 'STOP', 'LEAK'] as const
export type DecisionAct = (typeof decisions)[number]
export type OrderAct = (typeof orders)[number]
export type Act = DecisionAct | OrderAct | 'call'

export const keysOf: Readonly<Record<Act, string>> = {
  accepted: 'a',
  corrected: 'c',
  estimated: 'e',
  rollover: 'o',
  'customer-contacted': 'u',
  RRD: 'r',
  MTST: 't',
  STOP: 's',
  LEAK: 'l',
  call: 'p',
}

export const isDecision = (act: Act): act is DecisionAct => (decisions as readonly string[]).includes(act)
export const isOrder = (act: Act): act is OrderAct => (orders as readonly string[]).includes(act)

export type Rights = { readonly judge: boolean; readonly order: boolean; readonly contact: boolean }
export type WhyWords = Readonly<
  Record<
    'judge' | 'order' | 'contact' | 'decided' | 'negative' | 'noRead' | 'noEstimate' | 'noValue' | 'nobody',
    string
  >
> & { readonly waitsOrder: (order: string) => string }

/** The sentence on a button that cannot be pressed, or null. */
export function whyNot(act: Act, view: ExceptionView, rights: Rights, words: WhyWords): string | null {
  if (act === 'call') {
    if (!rights.contact) return words.contact
    return view.accountId === null ? words.nobody : null
  }
  if (isDecision(act) && !rights.judge) return words.judge
  if (isOrder(act) && !rights.order) return words.order
  if (view.decided) return words.decided
  if (isOrder(act) && view.waitingOrderId !== null) return words.waitsOrder(String(view.waitingOrderId))
  if (act === 'corrected' || act === 'estimated' || act === 'rollover') return whyNotRewrite(act, view, words)
  const isNegative = isBelow(view) && view.findings.some(finding => finding.kind === 'negative')
  return isNegative && isDecision(act) ? words.negative : null
}

const isBelow = ({ value, previous }: ExceptionView): boolean =>
  value !== null && previous !== null && value < previous.value

const suggested: Readonly<Record<string, Act>> = {
  accept: 'accepted',
  correct: 'corrected',
  estimate: 'estimated',
  're-read': 'RRD',
  'field-check': 'STOP',
}

/** What the gravest finding suggests: the button that is filled. A field check is a stopped-meter one only at zero use. */
export function suggestedAct({ findings: [main] }: ExceptionView): Act | null {
  const act = (main && suggested[main.suggestion]) ?? null
  return act === 'STOP' && main?.kind !== 'zero' ? 'RRD' : act
}

function whyNotRewrite(
  act: 'corrected' | 'estimated' | 'rollover',
  view: ExceptionView,
  words: WhyWords,
): string | null {
  if (view.readId === null) return words.noRead
  if (act === 'estimated' && view.estimate === null) return words.noEstimate
  if (act === 'rollover' && !isBelow(view)) return words.noValue
  return null
}

/** The next to judge when this one is done: the one below, at the end the one above. */
export function nextOf(lines: readonly ExceptionLine[], done: ReadonlySet<unknown>, current: unknown) {
  const at = lines.findIndex(line => line.exceptionId === current)
  const open = (line: ExceptionLine) => !done.has(line.exceptionId)
  return (
    (lines.slice(at + 1).find(open) ?? lines.slice(0, Math.max(0, at)).findLast(open))?.exceptionId ?? null
  )
}
