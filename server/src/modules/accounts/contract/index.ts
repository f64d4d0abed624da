/** What the desk may ask of accounts. */
import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { accountCard, enrolment, household } from './card.ts'
import { occupancyAnswer, occupancyErrors, occupancyInput, occupancySituation, said } from './occupancy.ts'
import { searchAnswer } from './search.ts'
import { enrolmentKind, onTenantStop } from './words.ts'

export * from './card.ts'
export { handOver, occupancyAnswer, occupancyInput, occupancySituation } from './occupancy.ts'
export * from './search.ts'

const accountId = idCodec<'account'>()
const customerId = idCodec<'customer'>()
const premiseId = idCodec<'premise'>()
const changeId = idCodec<'occupancy-change'>()
const evidence = lineSchema({ min: 3, max: 500 })

export const accounts = {
  searchAccounts: endpoint({
    method: 'POST',
    asks: true, // names and phones belong in no address
    path: '/accounts/search',
    may: 'accounts.see',
    says: 'Search as you type over name, address, phone, e-mail, account number (old ones too) and meter number',
    input: z.strictObject({ q: z.string().max(200) }),
    output: searchAnswer,
  }),
  getAccountCard: endpoint({
    method: 'GET',
    path: '/accounts/:accountId/card',
    may: 'accounts.see',
    says: 'The account: numbers, services, household, enrolments, owner, pending changes',
    input: z.strictObject({ accountId }),
    output: accountCard,
    errors: ['accounts.missing'],
  }),
  getOccupancy: endpoint({
    method: 'GET',
    path: '/accounts/premises/:premiseId/occupancy',
    may: 'accounts.move',
    says: 'Who is served at an address on a date, and what must be decided before somebody starts there',
    input: z.strictObject({ premiseId, onDate: localDateSchema.optional() }),
    output: occupancySituation,
    errors: ['accounts.no-service-point'],
  }),
  changeOccupancy: endpoint({
    method: 'POST',
    path: '/accounts/occupancy-changes',
    may: 'accounts.move',
    says: 'Start, stop or transfer service as one change with a hand-over read',
    input: occupancyInput,
    output: occupancyAnswer,
    errors: occupancyErrors,
    rehearsable: true,
  }),
  cancelOccupancyChange: endpoint({
    method: 'POST',
    path: '/accounts/:accountId/occupancy-changes/:changeId/cancel',
    may: 'accounts.move',
    says: 'Takes a pending start, stop or transfer back and restores everything, autopay and e-bill too',
    input: z.strictObject({ accountId, changeId, reason: evidence }),
    output: z.object({ accountId, restored: z.array(said) }),
    errors: [
      'accounts.no-change',
      'accounts.change-done',
      'accounts.change-cancelled',
      'accounts.change-part',
      'accounts.follower',
      'staff.own-account',
    ],
    rehearsable: true,
  }),
  changeHousehold: endpoint({
    method: 'POST',
    path: '/accounts/:accountId/household',
    may: 'accounts.edit',
    says: 'Persons who live there from a date on, with evidence',
    input: z.strictObject({
      accountId,
      fromOn: localDateSchema,
      persons: z.number().int().min(0).max(500),
      evidenceKind: z.enum(['stated', 'documents']),
      evidence,
    }),
    output: z.object({ household, hint: z.string().nullable() }),
    errors: [
      'accounts.missing',
      'accounts.closed',
      'accounts.household-date',
      'accounts.household-same',
      'accounts.household-variance',
      'staff.own-account',
    ],
    rehearsable: true,
  }),
  changeEnrolment: endpoint({
    method: 'POST',
    path: '/accounts/:accountId/enrolments',
    may: 'accounts.edit',
    says: 'Begins or ends autopay, e-bill or budget billing',
    input: z.strictObject({ accountId, kind: enrolmentKind, begin: z.boolean(), onDate: localDateSchema }),
    output: z.object({ enrolments: z.array(enrolment) }),
    errors: [
      'accounts.missing',
      'accounts.closed',
      'accounts.already-enrolled',
      'accounts.not-enrolled',
      'accounts.enrolment-date',
      'staff.own-account',
    ],
  }),
  recordOwner: endpoint({
    method: 'POST',
    path: '/accounts/premises/:premiseId/owner',
    may: 'accounts.edit',
    says: 'Owner of record of an address from a date on, and what happens when a tenant leaves',
    input: z.strictObject({ premiseId, customerId, fromOn: localDateSchema, onTenantStop, evidence }),
    output: z.object({ premiseId, customerId, fromOn: localDateSchema, onTenantStop }),
    errors: [
      'accounts.no-customer',
      'premises.unknown',
      'accounts.owner-date',
      'accounts.owner-same',
      'staff.own-account',
    ],
  }),
}
