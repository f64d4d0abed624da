/** How contacts and complaints are kept. */
import { localDate } from '@curbstop/kernel/dates'
import type { PackRule } from './pack.ts'

export const contactsRules: PackRule[] = [
  {
    code: 'CON-001',
    name: 'A complaint is answered',
    text: 'A complaint is answered within this many open days after the day it was made.',
    value: 5,
    unit: 'business days',
    authority: 'PROD',
    citation: 'Product default; the district may set its own',
    effectiveFrom: localDate('2020-01-01'),
  },
]
