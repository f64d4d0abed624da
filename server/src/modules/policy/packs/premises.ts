/** What is true of a place, whoever lives there. */
import { localDate } from '@curbstop/kernel/dates'
import type { PackRule } from './pack.ts'

export const premisesRules: PackRule[] = [
  {
    code: 'SO-036',
    name: 'Warnings at a premise expire',
    text: 'A warning (dog, hostile person, gate, hazard) holds for this many months at the most; then somebody looks again.',
    value: 12,
    unit: 'months',
    authority: 'PROD',
    citation: 'Product default; the district may set its own',
    effectiveFrom: localDate('2020-01-01'),
  },
]
