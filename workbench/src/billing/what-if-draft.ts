/** Scenarios as they are typed, and what is asked of the server: an empty field stays as it was billed. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import type { billing } from '@curbstop/server/contract/staff'

export type Scenario = Input<typeof billing.whatIf>['scenarios'][number]

export type ScenarioDraft = {
  readonly id: number
  readonly name: string
  readonly usageUnits: number | null
  readonly persons: number | null
  readonly irrigatedSqft: number | null
  readonly fromOn: LocalDate | null
  readonly toOn: LocalDate | null
  readonly ratesOn: LocalDate | null
  readonly isLeakFixed: boolean
}

export const emptyDraft = (id: number, name: string): ScenarioDraft => ({
  id,
  name,
  usageUnits: null,
  persons: null,
  irrigatedSqft: null,
  fromOn: null,
  toOn: null,
  ratesOn: null,
  isLeakFixed: false,
})

export const mostScenarios = 4

export function scenarioOf(draft: ScenarioDraft): Scenario {
  const { usageUnits, persons, irrigatedSqft, fromOn, toOn, ratesOn, isLeakFixed } = draft
  return {
    name: draft.name.trim() || '–',
    ...(usageUnits === null ? {} : { usageUnits: String(usageUnits) }),
    ...(persons === null ? {} : { persons }),
    ...(irrigatedSqft === null ? {} : { irrigatedSqft }),
    ...(fromOn === null ? {} : { fromOn }),
    ...(toOn === null ? {} : { toOn }),
    ...(ratesOn === null ? {} : { ratesOn }),
    ...(isLeakFixed ? { isLeakFixed } : {}),
  }
}
