/** The words of an account; every part of the contract shares them. */
import { z } from 'zod'

export const service = z.enum(['water', 'irrigation', 'fire', 'sewer'])
export const accountClass = z.enum([
  'residential',
  'multi-family',
  'commercial',
  'irrigation',
  'institutional',
  'fire',
])
export const onTenantStop = z.enum(['revert', 'turn-off', 'ask'])
export const enrolmentKind = z.enum(['autopay', 'ebill', 'budget-billing'])
