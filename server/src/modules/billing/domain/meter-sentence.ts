/** What a meter test came to, in one sentence that an advisor reads aloud; the ledger keeps it beside the money. */
import { formatDollars } from '@curbstop/kernel/money'
import type { MeterTestDecision } from '../../metering/domain/meter-tests/meter-test.ts'
import type { CorrectedBill } from './meter-error.ts'
import { dateText } from './words.ts'

type Told = {
  readonly tested: {
    readonly test: { readonly serial: string }
    readonly standing: { readonly testedOn: Parameters<typeof dateText>[0] } | null
  }
  readonly decision: MeterTestDecision | null
  readonly bills: readonly CorrectedBill[]
  readonly cents: bigint
}

const percent = (value: number): string => `${Math.round(Math.abs(value) * 100) / 100} %`

export function correctionSentence({ tested: { test, standing }, decision, bills, cents }: Told): string {
  if (!standing || !decision) return `Meter ${test.serial} has no test result yet.`
  const ran = `Meter ${test.serial}, tested on ${dateText(standing.testedOn)}, ${ranText(decision)}`
  if (cents === 0n) return `${ran}: ${nothingText(decision, bills)}.`
  const count = bills.filter(bill => bill.leftOut === null && bill.cents !== 0n).length
  const which = count === 1 ? 'one bill' : `${count} bills`
  const amount = formatDollars(cents < 0n ? -cents : cents)
  const from = decision.windowFromOn ? ` since ${dateText(decision.windowFromOn)}` : ''
  return `${ran}: ${which}${from} rated again with the true use, ${amount} ${cents < 0n ? 'back' : 'more'}.`
}

/** MTR-010: why the fee of the test comes back. */
export const feeSentence = ({ tested: { test }, decision }: Told): string =>
  `The fee for testing meter ${test.serial} comes back: it ${decision ? ranText(decision) : 'failed'} (MTR-010).`

function ranText({ verdict, weightedAccuracy: accuracy }: MeterTestDecision): string {
  if (verdict === 'fast') return `ran ${percent(accuracy - 100)} fast`
  if (verdict === 'slow') return `ran ${percent(100 - accuracy)} slow`
  if (verdict === 'stopped') return 'had stopped'
  return `registered ${accuracy} % of the water`
}

function nothingText({ why }: MeterTestDecision, bills: readonly CorrectedBill[]): string {
  if (why === 'within-limits') return 'it is within the limits, and no bill changes'
  if (why === 'under-threshold') return 'not enough for a back-bill, and no bill changes'
  return bills.length > 0 ? 'rated again, no bill comes to another sum' : 'no bill in the window rests on it'
}
