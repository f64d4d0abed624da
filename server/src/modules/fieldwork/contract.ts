import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema, paragraphsSchema } from '@curbstop/kernel/text'
import { z } from 'zod'

const orderId = idCodec<'order'>()
const accountId = idCodec<'account'>()
const premiseId = idCodec<'premise'>()
const personId = idCodec<'person'>()
const servicePointId = idCodec<'service-point'>()
const version = z.number().int().positive()
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 08:30')
const reason = lineSchema({ min: 3, max: 500 })

const digits = z.codec(z.string().regex(/^\d{1,12}$/, 'the digits of the register'), z.bigint(), {
  decode: text => BigInt(text),
  encode: value => value.toString(),
})

/** SO-001 … SO-016, as far as the desk orders them. */
export const orderKind = z.enum([
  'LEAK',
  'RRD',
  'CRD',
  'PRES',
  'TON',
  'TOFF',
  'XFER',
  'STOP',
  'MTST',
  'MEX',
  'NOW',
  'WQ',
])
/** SO-031. */
export const orderState = z.enum([
  'ready',
  'assigned',
  'dispatched',
  'en-route',
  'on-site',
  'completed',
  'unable',
  'cancelled',
  'pulled',
])
/** SO-032. */
export const unableCode = z.enum([
  'no-access',
  'dog',
  'buried',
  'locked-gate',
  'wrong-meter',
  'valve-broken',
  'customer-refused',
  'unsafe',
])
export const leftStatus = z.enum(['on', 'off', 'locked'])

export const orderKindRow = z.object({
  kind: orderKind,
  name: z.string(),
  defaultPriority: z.number().int(),
  needsRead: z.boolean(),
  needsPsi: z.boolean(),
  /** Outcomes a representative may choose, with their words. */
  outcomes: z.array(z.object({ code: z.string(), label: z.string() })),
  citation: z.string(),
})

export const orderResult = z.object({
  completedAt: instantSchema,
  completedById: personId,
  completedBy: z.string(),
  outcome: z.string(),
  /** The outcome in words. */
  says: z.string(),
  unableCode: unableCode.nullable(),
  leftStatus: leftStatus.nullable(),
  meterSerialSeen: z.string().nullable(),
  readValue: digits.nullable(),
  staticPsi: z.number().int().nullable(),
  note: z.string(),
})

export const hazard = z.object({ kind: z.string(), note: z.string() })

export const orderRow = z.object({
  orderId,
  kind: orderKind,
  name: z.string(),
  accountId: accountId.nullable(),
  /**
   * Of a protected customer (PRV-019) a reader sees the account or the address, never both: whoever must go there
   * sees the address and `accountId` is null; at the account the address is hidden and `premiseId` is null.
   */
  premiseId: premiseId.nullable(),
  address: z.string(),
  servicePointId: servicePointId.nullable(),
  priority: z.number().int(),
  state: orderState,
  isOpen: z.boolean(),
  instructions: z.string(),
  wantedOn: localDateSchema.nullable(),
  wantedFrom: z.string().nullable(),
  wantedTo: z.string().nullable(),
  dueAt: instantSchema,
  isLate: z.boolean(),
  assignedToId: personId.nullable(),
  assignedTo: z.string().nullable(),
  parentOrderId: orderId.nullable(),
  contactId: idCodec<'contact'>().nullable(),
  investigationId: idCodec<'investigation'>().nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  version,
  /** SO-036: what is known to bite. */
  hazards: z.array(hazard),
  result: orderResult.nullable(),
})

export const orderEvent = z.object({
  at: instantSchema,
  by: z.string(),
  fromState: orderState.nullable(),
  toState: orderState,
  note: z.string().nullable(),
})

export const orderView = orderRow.extend({
  events: z.array(orderEvent),
  followUps: z.array(z.object({ orderId, kind: orderKind, state: orderState })),
})

const one = z.strictObject({ orderId })
const changed = z.object({ order: orderRow })
const ownErrors = ['missing', 'changed', 'illegal-move', 'not-yours'].map(code => `fieldwork.${code}`)
const commonErrors = ['staff.own-account', ...ownErrors]

export const fieldwork = {
  listOrderKinds: endpoint({
    method: 'GET',
    path: '/fieldwork/order-kinds',
    may: 'fieldwork.see',
    says: 'Kinds of service orders, what each needs to be completed',
    input: z.strictObject({}),
    output: z.array(orderKindRow),
  }),
  getOrder: endpoint({
    method: 'GET',
    path: '/fieldwork/orders/:orderId',
    may: 'fieldwork.see',
    says: 'One order with its history, hazards and follow-ups',
    input: one,
    output: orderView,
    errors: ['fieldwork.missing'],
  }),
  listAccountOrders: endpoint({
    method: 'GET',
    path: '/fieldwork/accounts/:accountId/orders',
    may: 'fieldwork.see',
    says: 'Orders of an account, open ones first',
    input: z.strictObject({ accountId }),
    output: z.array(orderRow),
  }),
  listPremiseOrders: endpoint({
    method: 'GET',
    path: '/fieldwork/premises/:premiseId/orders',
    may: 'fieldwork.see',
    says: 'Orders at an address, whoever lived there, open ones first',
    input: z.strictObject({ premiseId }),
    output: z.array(orderRow),
  }),
  getBoard: endpoint({
    method: 'GET',
    path: '/fieldwork/board',
    may: 'fieldwork.see',
    says: 'Open orders by due time, narrowed by state, assignee and due date',
    input: z.strictObject({
      state: orderState.optional(),
      assignedTo: z.union([personId, z.literal('nobody')]).optional(),
      dueOn: localDateSchema.optional(),
      kind: orderKind.optional(),
    }),
    output: z.object({
      orders: z.array(orderRow),
      counts: z.array(z.object({ state: orderState, count: z.number().int(), late: z.number().int() })),
      more: z.boolean(),
    }),
  }),
  listMyOrders: endpoint({
    method: 'GET',
    path: '/fieldwork/my-orders',
    may: 'fieldwork.see',
    says: 'Open orders assigned to me, by due time',
    input: z.strictObject({}),
    output: z.array(orderRow),
  }),
  makeOrder: endpoint({
    method: 'POST',
    path: '/fieldwork/orders',
    may: 'fieldwork.order',
    says: 'Makes a service order; the due time follows from priority and calendar (SO-028)',
    input: z.strictObject({
      kind: orderKind,
      /** May be left out when the account is served at one address only. */
      premiseId: premiseId.optional(),
      servicePointId: servicePointId.optional(),
      accountId: accountId.optional(),
      priority: z.number().int().min(0).max(4).optional(),
      instructions: paragraphsSchema({ min: 0, max: 2000 }).default(''),
      wantedOn: localDateSchema.optional(),
      wantedFrom: wallTime.optional(),
      wantedTo: wallTime.optional(),
      contactId: idCodec<'contact'>().optional(),
      parentOrderId: orderId.optional(),
    }),
    output: changed,
    errors: [
      'premises.findable-text',
      'premises.unknown',
      'accounts.missing',
      'staff.own-account',
      'contacts.unknown',
      'fieldwork.no-place',
      'fieldwork.foreign-point',
      'fieldwork.foreign-account',
      'fieldwork.foreign-parent',
      'fieldwork.wanted-date',
      'fieldwork.wanted-window',
      'fieldwork.account-not-active',
    ],
    rehearsable: true,
  }),
  assignOrder: endpoint({
    method: 'POST',
    path: '/fieldwork/orders/:orderId/assign',
    may: 'fieldwork.assign',
    says: 'Gives the order to one representative, or takes it back (SO-034)',
    input: z.strictObject({ orderId, version, personId: personId.nullable(), note: reason.optional() }),
    output: changed,
    errors: [...commonErrors, 'fieldwork.not-a-representative', 'fieldwork.already-theirs'],
  }),
  moveOrder: endpoint({
    method: 'POST',
    path: '/fieldwork/orders/:orderId/move',
    may: 'fieldwork.complete',
    says: 'Dispatched, on the way, on site',
    input: z.strictObject({ orderId, version, to: z.enum(['dispatched', 'en-route', 'on-site']) }),
    output: changed,
    errors: commonErrors,
  }),
  cancelOrder: endpoint({
    method: 'POST',
    path: '/fieldwork/orders/:orderId/cancel',
    may: 'fieldwork.order',
    says: 'Cancels an order, or pulls it back when it is already out (SO-006)',
    input: z.strictObject({ orderId, version, reason }),
    output: changed,
    errors: commonErrors,
  }),
  completeOrder: endpoint({
    method: 'POST',
    path: '/fieldwork/orders/:orderId/complete',
    may: 'fieldwork.complete',
    says: 'The result: outcome, read, pressure, how it was left (SO-033)',
    input: z.strictObject({
      orderId,
      version,
      outcome: lineSchema({ max: 40 }),
      leftStatus,
      meterSerialSeen: lineSchema({ max: 40 }).optional(),
      readValue: digits.optional(),
      staticPsi: z.number().int().min(0).max(400).optional(),
      note: paragraphsSchema({ min: 0, max: 4000 }).default(''),
    }),
    output: changed,
    errors: [
      ...commonErrors,
      'staff.own-account',
      'fieldwork.unknown-outcome',
      'fieldwork.read-needed',
      'fieldwork.serial-needed',
      'fieldwork.psi-needed',
      'fieldwork.left-status-wrong',
    ],
    rehearsable: true,
  }),
  reportUnable: endpoint({
    method: 'POST',
    path: '/fieldwork/orders/:orderId/unable',
    may: 'fieldwork.complete',
    says: 'The work could not be done, and why (SO-032)',
    input: z.strictObject({ orderId, version, unableCode, note: paragraphsSchema({ min: 3, max: 4000 }) }),
    output: changed,
    errors: commonErrors,
  }),
}
