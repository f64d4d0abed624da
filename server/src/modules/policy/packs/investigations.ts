import { localDate } from '@curbstop/kernel/dates'
import type { PackRule } from './pack.ts'

const effectiveFrom = localDate('2020-01-01')

export const investigationsRules: PackRule[] = [
  {
    code: 'LEAK-001',
    name: 'Order of a high-bill investigation',
    text: 'Verify the read and the one before; compare days, the same month last year and the neighbours; check estimate, exchange, rollover and tariff; ask about guests, pool and irrigation; then the field. A case does not close before the first four.',
    value: ['verify-read', 'compare', 'check-records', 'ask'],
    unit: 'steps',
    authority: 'PROD',
    citation: 'Order of reread, notice and audit as seen at districts',
    effectiveFrom,
  },
  {
    code: 'LEAK-002',
    name: 'Re-read and leak check',
    text: 'The first re-read and leak check of a high bill costs the customer nothing.',
    value: 0,
    unit: 'cents',
    authority: 'DIST',
    citation: 'District practice',
    effectiveFrom,
  },
  {
    code: 'LEAK-005',
    name: 'Meter leak test',
    text: 'All water off, watch the low-flow indicator at least five minutes; slow leaks show in two reads 30 to 60 minutes apart.',
    value: { watchMinutes: 5, readMinutes: [30, 60] },
    unit: 'minutes',
    authority: 'STD',
    citation: 'Usual leak test of water utilities',
    effectiveFrom,
  },
  {
    code: 'LEAK-008',
    name: 'Running toilet',
    text: 'A running toilet loses about 200 gallons a day: 6,000 gallons, 8.0 CCF in 30 days.',
    value: 200,
    unit: 'gallons a day',
    authority: 'STD',
    citation: 'US EPA WaterSense',
    effectiveFrom,
  },
  {
    code: 'LEAK-025',
    name: 'Causes of high use',
    text: 'A high-bill case closes with one cause of this library.',
    value: '2026-07',
    unit: 'library version',
    authority: 'PROD',
    citation: 'Causes named by water utilities; weights INV-002',
    effectiveFrom,
  },
  {
    code: 'INV-001',
    name: 'When use is called high',
    text: 'Use a quarter above what was expected and at least 25 gallons a day more; or a bill a quarter and $15 above the last.',
    value: { share: 1.25, gallonsPerDay: 25, cents: 1500 },
    unit: null,
    authority: 'PROD',
    citation:
      'Product default, wider than the read check VEE-011 so that a caller is never told "normal" too soon',
    effectiveFrom,
  },
  {
    code: 'INV-002',
    name: 'Weights of the cause library',
    text: 'How often a cause stands behind a call, and how strongly each sight speaks for it, is the district’s judgement until closed cases are counted.',
    value: '2026-07',
    unit: 'library version',
    authority: 'PROD',
    citation: 'Product default',
    effectiveFrom,
  },
]
