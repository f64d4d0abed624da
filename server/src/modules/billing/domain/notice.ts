/** The bill's explanation as facts bound for a customer's letter; correspondence has the words in two languages. */
import { formatDollars } from '@curbstop/kernel/money'
import type { Explained } from './explain/index.ts'
import { dateText, signedDollars } from './words.ts'

export type BillNotice = {
  readonly key: 'bill-explanation'
  readonly against: Explained['against']
  readonly values: Readonly<Record<string, string>>
  /** One line a step, in order: a template's key and its values. */
  readonly lines: readonly { readonly key: string; readonly values: Readonly<Record<string, string>> }[]
}

export function billNotice(explained: Explained): BillNotice {
  const { before, now, changeCents } = explained
  return {
    key: 'bill-explanation',
    against: explained.against,
    values: {
      totalBefore: formatDollars(before.totalCents),
      totalNow: formatDollars(now.totalCents),
      change: signedDollars(changeCents),
      periodBefore: `${dateText(before.fromOn)} – ${dateText(before.toOn)}`,
      periodNow: `${dateText(now.fromOn)} – ${dateText(now.toOn)}`,
      usageBefore: before.usageUnits,
      usageNow: now.usageUnits,
      daysBefore: String(before.days),
      daysNow: String(now.days),
    },
    lines: explained.deltas.map(delta => delta.told),
  }
}
