import { localDate } from '@curbstop/kernel/dates'
import type { PackRule } from './pack.ts'

const effectiveFrom = localDate('2020-01-01')

export const ledgerRules: PackRule[] = [
  {
    code: 'PAY-046',
    name: 'Order in which a payment is applied',
    text: 'A payment meets the oldest due date first; inside a due date water, then sewer, then fees.',
    value: ['water', 'sewer', 'fees'],
    unit: 'order',
    authority: 'PROD',
    citation: 'Common district practice; adopted with the billing policy',
    effectiveFrom,
  },
  {
    code: 'PAY-047',
    name: 'Overpayment',
    text: 'What no debt needs stays on the account as credit, held in trust; it is refunded on request from this amount on, and in full when the account closes.',
    value: 1000,
    unit: 'cents',
    authority: 'PROD',
    citation: 'Product default',
    effectiveFrom,
  },
  {
    code: 'PAY-007',
    name: 'Returned payment',
    text: 'A returned payment voids its receipt: the debt stands, with its first due date, as if it had never been paid.',
    value: true,
    unit: null,
    authority: 'LAW',
    citation: 'California Government Code 6159',
    effectiveFrom,
  },
]
