/** What a request is made of, as it travels. */
import { freeLine } from '@curbstop/kernel/card-numbers'
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import {
  evidenceKinds,
  grantInputs,
  startRules,
  varianceChannels,
  varianceKinds,
  varianceStates,
} from '../domain/words.ts'

export const accountId = idCodec<'account'>()
export const varianceId = idCodec<'variance'>()
export const version = z.int().min(1).max(2_147_483_647)
export const reason = freeLine(500, 4)
export const kind = z.enum(varianceKinds)
export const state = z.enum(varianceStates)
export const channel = z.enum(varianceChannels)

const people = z.number().int().min(1).max(500)
const gallonsPerDay = z.number().int().min(1).max(10_000)

/** What is asked and what was shown; which figures a kind needs is told by the eligibility, not by a refusal. */
export const draft = z.strictObject({
  kind,
  /** Household: everybody who lives there. Care: the people cared for. */
  persons: people.optional(),
  /** Medical, disaster, leak, other. */
  gallonsPerDay: gallonsPerDay.optional(),
  /** Animals. */
  count: z.number().int().min(1).max(500).optional(),
  poundsEach: z.number().int().min(1).max(5_000).optional(),
  /** Landscape correction: the whole watered area, pool surface included (WB-010). */
  irrigatedSqft: z.number().int().min(0).max(50_000_000).optional(),
  /** Pool fill. */
  poolGallons: z.number().int().min(1).max(1_000_000).optional(),
  filledOn: localDateSchema.optional(),
  /** New landscape. */
  plantedOn: localDateSchema.optional(),
  /** Care: the license ends the variance with itself (WB-026). */
  licenseNumber: freeLine(60).optional(),
  licenseExpiresOn: localDateSchema.optional(),
  /** A stay that ends: guests of a season, a leak until its repair. */
  fromOn: localDateSchema.optional(),
  untilOn: localDateSchema.optional(),
  evidence: z
    .array(z.strictObject({ kind: z.enum(evidenceKinds), count: z.number().int().min(1).max(100) }))
    .max(13)
    .default([]),
})

/** One rule and what it says of this request. `missing`: something is still to be shown. */
export const ruleAnswer = z.object({
  code: z.string(),
  name: z.string(),
  answer: z.enum(['met', 'missing', 'refused', 'note']),
  says: z.string(),
  citation: z.string(),
})

export const grant = z.object({
  grantId: idCodec<'budget-grant'>(),
  varianceId,
  kind,
  input: z.enum(grantInputs),
  amount: z.number(),
  fromOn: localDateSchema,
  /** Half-open; null: until somebody ends it. */
  untilOn: localDateSchema.nullable(),
  starts: z.enum(startRules),
  standing: z.enum(['coming', 'active', 'ended', 'suspended']),
  /** What a person reads: `6 people`, `40 gallons a day indoors`. */
  says: z.string(),
})

export const varianceRow = z.object({
  accountId,
  varianceId,
  accountNumber: z.string(),
  customerName: z.string(),
  /** Null: a medical request, for a reader who need not know. */
  kind: kind.nullable(),
  isPrivate: z.boolean(),
  state,
  channel,
  requestedOn: localDateSchema,
  dueOn: localDateSchema,
  ageDays: z.number().int(),
  clock: z.enum(['in-time', 'alert', 'late', 'stopped']),
  /** Who may decide it: the lowest level. */
  decidedBy: z.string(),
  asks: z.string(),
  expiresOn: localDateSchema.nullable(),
  version,
})

export const varianceEvent = z.object({
  eventId: idCodec<'variance-event'>(),
  at: instantSchema,
  by: z.string(),
  kind: z.string(),
  reason: z.string().nullable(),
})

export const seenEvidence = z.object({
  kind: z.enum(evidenceKinds),
  count: z.number().int(),
  seenOn: localDateSchema,
  seenBy: z.string(),
})

/** What the account page shows: what counts now and until when, and what waits for an answer. */
export const varianceCard = z.object({
  active: z.array(
    z.object({
      varianceId,
      /** Empty: private to this reader. */
      says: z.string(),
      untilOn: localDateSchema.nullable(),
      isEnding: z.boolean(),
    }),
  ),
  waiting: z.array(z.object({ varianceId, kind: kind.nullable(), state, dueOn: localDateSchema })),
})
