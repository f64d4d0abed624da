/** What the staff contract shows of people, their rights and what waits for a second person. */
import { instantSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'

const personId = idCodec<'person'>()
export const proposalId = idCodec<'proposal'>()

export const level = z.enum(['assistant', 'advisor', 'senior', 'supervisor'])
export const role = z.enum([
  'csfr',
  'dispatcher',
  'cashier',
  'reception',
  'billing',
  'collections',
  'auditor',
  'admin',
])

/** Who somebody is, as tasks and histories show them. */
export const personRef = z.object({ personId, name: z.string() })

export const personRow = z.object({
  personId,
  login: z.string(),
  name: z.string(),
  level: level.nullable(),
  roles: z.array(z.string()),
  secondFactor: z.boolean(),
  disabledAt: instantSchema.nullable(),
  disabledReason: z.string().nullable(),
  /** Somebody else gave the password in force; until then it may be changed for an own one. */
  firstPasswordUntil: instantSchema.nullable(),
  /** Something proposed for this person waits for a second one. */
  waits: z.boolean(),
})

/** Rights as a proposal gives them or a person holds them. */
export const rights = z.object({ level: level.nullable(), roles: z.array(z.string()) })

export const proposalRow = z.object({
  proposalId,
  person: personRef,
  what: z.enum(['rights', 'enable', 'factor-off']),
  before: rights,
  /** As they will be; the same as before unless `what` is `rights`. */
  after: rights,
  reason: z.string(),
  proposedAt: instantSchema,
  proposedBy: personRef,
  /** Why the asking person may not confirm it; null when they may. Whoever proposed it may take it back. */
  mayNot: z.string().nullable(),
})

/** A password to hand over in person: shown once, kept nowhere. */
export const firstPassword = z.object({ password: z.string(), until: instantSchema })

export const me = z.object({
  personId,
  login: z.string(),
  name: z.string(),
  level: level.nullable(),
  levelName: z.string().nullable(),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  secondFactor: z.enum(['off', 'waiting', 'on']),
  /** The password was given by somebody else: nothing opens before it is changed. */
  mustChangePassword: z.boolean(),
  /** Who gave this person a password last, while that still keeps the two from approving each other's work. */
  lastReset: z.object({ by: personRef, at: instantSchema, until: instantSchema }).nullable(),
})

export const signedIn = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in'), me, expiresAt: instantSchema }),
  z.object({ outcome: z.literal('code-needed') }),
])

export const limitRow = z.object({
  role: z.string(),
  action: z.string(),
  /** Cents, days, months … as `unit` says; null = without limit, 0 = may propose. No row: not at all. */
  limit: z.string().nullable(),
  unit: z.string(),
  citation: z.string(),
})

export const interest = z.object({
  customerId: idCodec<'customer'>(),
  relation: z.string(),
  declaredAt: instantSchema,
})
