/** What billing must agree to before it is so. */
import { witnessVoidedRead } from './commands/read-voided.ts'

export const witnesses = { 'metering.read-voided': witnessVoidedRead }
