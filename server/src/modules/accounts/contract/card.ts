/** The account's card: what the account 360 shows of the account itself. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import { accountClass, enrolmentKind, onTenantStop, service } from './words.ts'

const accountId = idCodec<'account'>()
const customerId = idCodec<'customer'>()
const premiseId = idCodec<'premise'>()
const servicePointId = idCodec<'service-point'>()

export const accountService = z.object({
  accountServiceId: idCodec<'account-service'>(),
  service,
  /** Null when the address is hidden from this reader (PRV-019): the id alone would tell it. */
  servicePointId: servicePointId.nullable(),
  premiseId: premiseId.nullable(),
  tariff: z.string(),
  rateClass: z.string(),
  fromOn: localDateSchema,
  /** Half-open: the first day on which it is not served any more. */
  toOn: localDateSchema.nullable(),
})

/** Persons who live there, by date. Superseded, never edited: the first row of the list is in force today. */
export const household = z.object({
  fromOn: localDateSchema,
  persons: z.number().int(),
  evidence: z.string(),
  notedAt: instantSchema,
  notedById: idCodec<'person'>(),
})

export const enrolment = z.object({
  enrolmentId: idCodec<'enrolment'>(),
  kind: enrolmentKind,
  fromOn: localDateSchema,
  toOn: localDateSchema.nullable(),
})

/** Who answers for a service address; no rows when the address is hidden from this reader. `tenant` when the owner of record is somebody else. */
export const tenure = z.object({
  premiseId,
  address: z.string(),
  holds: z.enum(['owner', 'tenant', 'unknown']),
  owner: z.object({ customerId, name: z.string() }).nullable(),
  onTenantStop: onTenantStop.nullable(),
})

/** `pending` starts in the future, `closing` has a stop date ahead. */
export const accountStatus = z.enum(['pending', 'open', 'closing', 'closed'])

export const occupancyChange = z.object({
  changeId: idCodec<'occupancy-change'>(),
  kind: z.enum(['start', 'stop', 'transfer']),
  premiseId: premiseId.nullable(),
  onDate: localDateSchema,
  otherAccountId: accountId.nullable(),
  handOver: z.enum(['read', 'estimate', 'order']),
  note: z.string().nullable(),
  madeAt: instantSchema,
  madeById: idCodec<'person'>(),
  cancelledAt: instantSchema.nullable(),
  /** Why it cannot be cancelled any more, or null when it can. The disabled button says the same. */
  cannotCancel: z.string().nullable(),
})

export const accountCard = z.object({
  accountId,
  number: z.string(),
  oldNumbers: z.array(z.object({ number: z.string(), source: z.string() })),
  customerId,
  customerName: z.string(),
  /** Name and address are hidden from this reader (PRV-019). */
  isMasked: z.boolean(),
  class: accountClass,
  status: accountStatus,
  openedOn: localDateSchema,
  closedOn: localDateSchema.nullable(),
  version: z.int(),
  cycle: z.object({
    code: z.string(),
    name: z.string(),
    readDay: z.number().int(),
    /** Days from a bill to its due date, of an account that is closed too. */
    dueAfterDays: z.number().int(),
  }),
  /** Dates to tell a caller; null when the account is closed. */
  next: z.object({ readOn: localDateSchema, billOn: localDateSchema, dueOn: localDateSchema }).nullable(),
  services: z.array(accountService),
  tenures: z.array(tenure),
  household: z.array(household),
  enrolments: z.array(enrolment),
  changes: z.array(occupancyChange),
})
