/** The usage sheet as letters: the same figures the page shows, for the template that words them. Pure. */
import type { Input } from '@curbstop/kernel/endpoint'
import type { correspondence } from '@curbstop/server/contract/staff'
import { yearBefore } from '../accounts/use-points.ts'
import type { View } from '../accounts/view.ts'

export type Letter = Input<typeof correspondence.preview>['letter']
export type SheetPart = 'usage-graph' | 'bill-explanation'

export function usageGraphLetter({ billing }: Pick<View, 'billing'>): Letter | null {
  const shown = billing.periods.slice(0, 24)
  if (shown.length === 0) return null
  const periods = shown
    .map(period => ({
      fromOn: period.fromOn,
      toOn: period.toOn,
      days: period.days,
      usageUnits: period.usageUnits,
      lastYearUnits: yearBefore(period, billing.periods)?.usageUnits ?? null,
      isEstimated: period.readKind === 'estimated',
    }))
    .reverse()
  return { template: 'usage-graph', data: { periods } }
}

export function billExplanationLetter({ billing }: Pick<View, 'billing'>): Letter | null {
  const shown = billing.versusLastBill ?? billing.versusLastYear
  if (!shown || !billing.latest) return null
  const head = ({ fromOn, toOn, days, usageUnits, totalCents }: typeof shown.now) => ({
    fromOn,
    toOn,
    days,
    usageUnits,
    totalCents,
  })
  return {
    template: 'bill-explanation',
    data: {
      against: shown.against,
      now: head(shown.now),
      before: head(shown.before),
      dueOn: billing.latest.dueOn,
      changes: shown.deltas
        .filter(one => one.cents !== 0n)
        .map(({ code, cents, told }) => ({ code, cents, values: told.values })),
    },
  }
}

export const letterOf = (part: SheetPart, view: Pick<View, 'billing'>): Letter | null =>
  part === 'usage-graph' ? usageGraphLetter(view) : billExplanationLetter(view)
