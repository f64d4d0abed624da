/** What the customer is told of a meter test, as figures; the words are the correspondence department's. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Letter } from '../../correspondence/domain/index.ts'
import type { MeterTestDecision } from '../../metering/domain/meter-tests/meter-test.ts'
import type { CorrectedBill } from './meter-error.ts'

type Worked = {
  readonly tested: {
    readonly test: { readonly serial: string; readonly feeCents: bigint }
    readonly standing: { readonly testedOn: LocalDate; readonly place: 'field' | 'bench' } | null
  }
  readonly decision: MeterTestDecision | null
  readonly bills: readonly CorrectedBill[]
  readonly cents: bigint
  readonly dueOn: LocalDate | null
}
type Settled = {
  readonly outcome: 'none' | 'refund' | 'back-bill' | 'waived'
  readonly instalments: number | null
  readonly instalmentCents: bigint | null
}

export function meterLetter({ tested, decision, bills, cents, dueOn }: Worked, settled: Settled): Letter {
  const { outcome, instalments, instalmentCents } = settled
  const moves = outcome === 'refund' || outcome === 'back-bill'
  const { standing, test } = tested
  return {
    template: 'meter-test',
    data: {
      serial: test.serial,
      testedOn: standing!.testedOn,
      place: standing!.place,
      flows: decision!.points.map(({ point, accuracy, least, most, passed }) => ({
        ...{ flow: point, accuracy, least, passed },
        most: Number.isFinite(most) ? most : null,
      })),
      accuracy: decision!.weightedAccuracy,
      verdict: decision!.verdict,
      outcome,
      cents: cents < 0n ? -cents : outcome === 'none' || outcome === 'waived' ? 0n : cents,
      bills: moves ? bills.filter(bill => bill.leftOut === null && bill.cents !== 0n).length : 0,
      fromOn: moves ? decision!.windowFromOn : null,
      fee: test.feeCents > 0n && decision!.fee ? { is: decision!.fee, cents: test.feeCents } : null,
      offer: instalments && instalmentCents && dueOn ? { instalments, cents: instalmentCents, dueOn } : null,
    },
  }
}
