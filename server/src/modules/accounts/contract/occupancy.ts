/** Start, stop and transfer of service: one occupancy change with one hand-over read. */
import { localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema, paragraphsSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { customers } from '../../customers/contract.ts'
import { onTenantStop, service } from './words.ts'

const accountId = idCodec<'account'>()
const customerId = idCodec<'customer'>()
const premiseId = idCodec<'premise'>()
const servicePointId = idCodec<'service-point'>()
const version = z.int().min(1).max(2_147_483_647)
const note = paragraphsSchema({ max: 2000 })
const evidence = lineSchema({ min: 3, max: 500 })

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

/** Somebody we know, or somebody new with the ways to reach them (customers.makeCustomer). */
const who = z.union([
  z.strictObject({ customerId }),
  z.strictObject({ newCustomer: customers.makeCustomer.input }),
])
const startDecisions = {
  /** Somebody is served there: their service stops on the same date, and this is how we know that they left. */
  priorStop: z.strictObject({ evidence }).optional(),
  /** Nobody was served for a while before: what happened then? `back-date` starts where the last one stopped. */
  gap: z.enum(['vacant', 'owner', 'back-date']).optional(),
  persons: z.number().int().min(0).max(500).optional(),
  /** All of the address unless told. */
  servicePointIds: z.array(servicePointId).min(1).max(50).optional(),
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
    /** May be left out when the account is served at one address only. */
    premiseId: premiseId.optional(),
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
    fromPremiseId: premiseId.optional(),
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

export const said = z.object({ code: z.string(), says: z.string() })

export const occupancyAnswer = z.object({
  /** The account that starts, or the one that stops when nobody starts. */
  accountId,
  number: z.string(),
  changeId: idCodec<'occupancy-change'>(),
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
      /** Null when the occupant is protected from this reader: the account bears the same date. */
      fromOn: localDateSchema.nullable(),
      toOn: localDateSchema.nullable(),
    })
    .nullable(),
  /** The last one before, when nobody is in service on that date. */
  previous: z.object({ name: z.string(), toOn: localDateSchema, gapDays: z.number().int() }).nullable(),
  /** Somebody starts later. */
  next: z.object({ name: z.string(), fromOn: localDateSchema.nullable() }).nullable(),
  owner: z.object({ customerId: customerId.nullable(), name: z.string(), onTenantStop }).nullable(),
  points: z.array(z.object({ servicePointId, service, state: z.string() })),
  decisions: z.array(z.enum(['prior-stop', 'gap'])),
})

export const occupancyErrors = [
  'premises.unknown',
  'customers.phone-wrong',
  'customers.email-wrong',
  'accounts.missing',
  'accounts.closed',
  'accounts.changed',
  'staff.own-account',
  'accounts.estimate-not-allowed',
  'accounts.no-customer',
  'accounts.no-service-point',
  'accounts.foreign-point',
  'accounts.date-too-far-back',
  'accounts.date-too-far-ahead',
  'accounts.date-order',
  'accounts.back-date-note',
  'accounts.overlap',
  'accounts.overlap-until',
  'accounts.overlap-race',
  'accounts.next-occupant',
  'accounts.same-customer',
  'accounts.same-premise',
  'accounts.gap',
  'accounts.no-gap',
  'accounts.no-owner',
  'accounts.not-served',
  'accounts.which-address',
  'accounts.already-stopping',
  'accounts.occupied-by-tenant',
  'accounts.say-what-follows',
  'accounts.read-date',
  'accounts.read-twice',
  'accounts.read-missing',
  // the hand-over read is written with the change (decision 012)
  'metering.no-meter-here',
  'metering.not-installed',
  'metering.read-before-installation',
  'metering.read-after-removal',
  'metering.read-too-long',
  'metering.read-below-last',
  'metering.read-above-next',
  'metering.read-twice',
  'metering.registers-incomplete',
  'metering.out-read-needed',
] as const
