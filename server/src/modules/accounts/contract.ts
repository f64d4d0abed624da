import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema, paragraphsSchema } from '@curbstop/kernel/text'
import { z } from 'zod'

const accountId = idCodec<'account'>()
const customerId = idCodec<'customer'>()
const premiseId = idCodec<'premise'>()
const servicePointId = idCodec<'service-point'>()
const changeId = idCodec<'occupancy-change'>()
const version = z.number().int().positive()
const note = paragraphsSchema({ max: 2000 })
const evidence = lineSchema({ min: 3, max: 500 })

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

// --- the account's card -------------------------------------------------------------------------------------------

export const accountService = z.object({
  accountServiceId: idCodec<'account-service'>(),
  service,
  servicePointId,
  premiseId,
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

/** Who answers for a service address. `tenant` when the owner of record is somebody else. */
export const tenure = z.object({
  premiseId,
  /** One line; the substitute address or `Protected address` when the customer is protected from this reader. */
  address: z.string(),
  holds: z.enum(['owner', 'tenant', 'unknown']),
  owner: z.object({ customerId, name: z.string() }).nullable(),
  onTenantStop: onTenantStop.nullable(),
})

/** `pending` starts in the future, `closing` has a stop date ahead. */
export const accountStatus = z.enum(['pending', 'open', 'closing', 'closed'])

export const occupancyChange = z.object({
  changeId,
  kind: z.enum(['start', 'stop', 'transfer']),
  premiseId,
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
  version,
  cycle: z.object({ code: z.string(), name: z.string(), readDay: z.number().int() }),
  /** Dates to tell a caller; null when the account is closed. */
  next: z.object({ readOn: localDateSchema, billOn: localDateSchema, dueOn: localDateSchema }).nullable(),
  services: z.array(accountService),
  tenures: z.array(tenure),
  household: z.array(household),
  enrolments: z.array(enrolment),
  changes: z.array(occupancyChange),
})

// --- search as you type -------------------------------------------------------------------------------------------

export const searchField = z.enum(['number', 'old-number', 'phone', 'meter', 'email', 'name', 'address'])

export const searchHit = z.object({
  accountId,
  number: z.string(),
  name: z.string(),
  address: z.string(),
  isClosed: z.boolean(),
  /** Found by its exact number only; name and address are hidden from this reader (PRV-019). */
  isMasked: z.boolean(),
  /** What of the query was found where: `{ field: 'phone', text: '(951) 555-0142' }`, best first. */
  matched: z.array(z.object({ field: searchField, text: z.string() })),
  how: z.enum(['exact', 'prefix', 'words', 'part', 'spelling']),
})

export const searchAnswer = z.object({
  hits: z.array(searchHit),
  /** There are more than shown: type more. */
  more: z.boolean(),
})

// --- start, stop, transfer ----------------------------------------------------------------------------------------

const reading = z.strictObject({
  servicePointId,
  registerNo: z.number().int().min(1).max(4).default(1),
  /** All digits of the register, as seen. */
  value: z.codec(z.string().regex(/^\d{1,12}$/, 'the digits of the register'), z.bigint(), {
    decode: text => BigInt(text),
    encode: value => value.toString(),
  }),
})

/** The one read at which two occupancies meet: given now, estimated (and marked so), or fetched by an order. */
export const handOver = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('read'),
    by: z.enum(['actual', 'customer']),
    readOn: localDateSchema,
    reads: z.array(reading).min(1).max(20),
  }),
  z.strictObject({ how: z.literal('estimate') }),
  z.strictObject({
    how: z.literal('order'),
    instructions: paragraphsSchema({ min: 0, max: 1000 }).default(''),
  }),
])

const newPhone = z.strictObject({
  number: lineSchema({ min: 7, max: 30 }),
  kind: z.enum(['mobile', 'home', 'work', 'fax']).default('mobile'),
  mayText: z.boolean().default(false),
})
export const newCustomer = z.strictObject({
  kind: z.enum(['person', 'firm']),
  name: lineSchema({ max: 120 }),
  givenName: lineSchema({ max: 60 }).optional(),
  familyName: lineSchema({ max: 60 }).optional(),
  language: z.enum(['en', 'es', 'zh', 'tl', 'vi', 'ko']).default('en'),
  phones: z.array(newPhone).max(5).default([]),
  emails: z
    .array(lineSchema({ max: 254 }))
    .max(5)
    .default([]),
})

const who = z.union([z.strictObject({ customerId }), z.strictObject({ newCustomer })])
const startDecisions = {
  /** Somebody is served there: their service stops on the same date, and this is how we know that they left. */
  priorStop: z.strictObject({ evidence }).optional(),
  /** Nobody was served for a while before: what happened then? `back-date` starts where the last one stopped. */
  gap: z.enum(['vacant', 'owner', 'back-date']).optional(),
  persons: z.number().int().min(0).max(500).optional(),
}
const afterStop = z.enum(['owner', 'turn-off', 'vacant'])

export const occupancyInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    premiseId,
    onDate: localDateSchema,
    who,
    ...startDecisions,
    handOver,
    note: note.optional(),
  }),
  z.strictObject({
    kind: z.literal('stop'),
    accountId,
    version,
    premiseId,
    onDate: localDateSchema,
    askedBy: z.enum(['customer', 'owner', 'estate']),
    /** An owner may stop a tenant's service only with proof that nobody lives there (ACC-045). */
    vacancyProof: evidence.optional(),
    afterStop: afterStop.optional(),
    handOver,
    note: note.optional(),
  }),
  z.strictObject({
    kind: z.literal('transfer'),
    accountId,
    version,
    fromPremiseId: premiseId,
    stopOn: localDateSchema,
    afterStop: afterStop.optional(),
    handOver,
    toPremiseId: premiseId,
    startOn: localDateSchema,
    ...startDecisions,
    newHandOver: handOver,
    note: note.optional(),
  }),
])

const said = z.object({ code: z.string(), says: z.string() })

export const occupancyAnswer = z.object({
  /** The account that starts, or the one that stops when nobody starts. */
  accountId,
  number: z.string(),
  changeId,
  /** What happens, step by step, in words. */
  steps: z.array(said),
  /** What the advisor should look at before confirming: possible duplicates (ACC-048), short notice (SO-027) … */
  warnings: z.array(said.extend({ customerId: customerId.nullable() })),
  /** Kinds of the service orders that will be made for the hand-over. */
  orders: z.array(z.enum(['TON', 'TOFF', 'XFER'])),
})

/** What an advisor sees after the address: who is there, until when, and what must be decided. */
export const occupancySituation = z.object({
  premiseId,
  address: z.string(),
  onDate: localDateSchema,
  /** In service on that date. Only "somebody" when the occupant is protected from this reader. */
  occupant: z
    .object({
      accountId: accountId.nullable(),
      name: z.string(),
      fromOn: localDateSchema,
      toOn: localDateSchema.nullable(),
    })
    .nullable(),
  /** The last one before, when nobody is in service on that date. */
  previous: z.object({ name: z.string(), toOn: localDateSchema, gapDays: z.number().int() }).nullable(),
  /** Somebody starts later. */
  next: z.object({ name: z.string(), fromOn: localDateSchema }).nullable(),
  owner: z.object({ customerId, name: z.string(), onTenantStop }).nullable(),
  points: z.array(z.object({ servicePointId, service, state: z.string() })),
  decisions: z.array(z.enum(['prior-stop', 'gap'])),
})

export const accounts = {
  searchAccounts: endpoint({
    method: 'GET',
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
    errors: [
      'accounts.missing',
      'accounts.closed',
      'accounts.changed',
      'accounts.overlap',
      'accounts.next-occupant',
      'accounts.gap',
      'accounts.no-gap',
      'accounts.no-owner',
      'accounts.not-served',
      'accounts.no-service-point',
      'accounts.date-too-far',
      'accounts.date-order',
      'accounts.back-date-note',
      'accounts.occupied-by-tenant',
      'accounts.say-what-follows',
      'accounts.foreign-point',
      'accounts.read-date',
      'accounts.same-premise',
      'accounts.own-account',
    ],
    rehearsable: true,
  }),
  cancelOccupancyChange: endpoint({
    method: 'POST',
    path: '/accounts/:accountId/occupancy-changes/:changeId/cancel',
    may: 'accounts.move',
    says: 'Takes a pending start, stop or transfer back and restores everything, autopay and e-bill too',
    input: z.strictObject({ accountId, changeId, reason: evidence }),
    output: z.object({ accountId, restored: z.array(said) }),
    errors: ['accounts.no-change', 'accounts.change-done', 'accounts.change-cancelled', 'accounts.follower'],
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
    errors: ['accounts.missing', 'accounts.closed', 'accounts.household-date', 'accounts.own-account'],
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
      'accounts.own-account',
    ],
  }),
  recordOwner: endpoint({
    method: 'POST',
    path: '/accounts/premises/:premiseId/owner',
    may: 'accounts.edit',
    says: 'Owner of record of an address from a date on, and what happens when a tenant leaves',
    input: z.strictObject({ premiseId, customerId, fromOn: localDateSchema, onTenantStop, evidence }),
    output: z.object({ premiseId, customerId, fromOn: localDateSchema, onTenantStop }),
    errors: ['accounts.no-customer', 'accounts.no-premise', 'accounts.owner-date'],
  }),
}
