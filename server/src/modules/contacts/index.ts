/**
 * Contacts: one row per touch on any channel, begun as a draft that writes itself from what was opened and done, with
 * the proof of who called. Complaints have a clock. Owns schema `contacts`.
 */
import { defineModule } from '../../platform/module.ts'
import { contacts as contract } from './contract.ts'
import { answers } from './routes.ts'

export { noteStep } from './commands/hold.ts'
export type { Step } from './domain/steps.ts'
export { type ContactLine, listLastContacts, listRecentContacts } from './queries.ts'

export const contacts = defineModule({ name: 'contacts', contract, answers })
