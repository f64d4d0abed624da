/** A contact as lists show it, and the contact in hand with its steps. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import { callerDecision } from '../../customers/contract.ts'
import { stepSchema } from '../domain/steps.ts'
import { channels, directions, outcomes } from '../domain/words.ts'

const customerId = idCodec<'customer'>()
const version = z.int().min(1).max(2_147_483_647)
export const reasonCode = z
  .string()
  .trim()
  .regex(/^[a-z][a-z-]{1,39}$/, 'a reason of the list')

export const complaintClock = z.object({
  dueOn: localDateSchema,
  answeredAt: instantSchema.nullable(),
  answeredBy: z.string().nullable(),
  answer: z.string().nullable(),
  /** Open days left, negative when late; null once answered. */
  daysLeft: z.int().nullable(),
})

/** One touch, as lists show it. */
export const contactRow = z.object({
  contactId: idCodec<'contact'>(),
  accountId: idCodec<'account'>().nullable(),
  customerId: customerId.nullable(),
  channel: z.enum(channels),
  direction: z.enum(directions),
  personId: idCodec<'person'>(),
  personName: z.string(),
  startedAt: instantSchema,
  savedAt: instantSchema.nullable(),
  callerName: z.string().nullable(),
  callerPhone: z.string().nullable(), // (415) 555-0134
  proven: z.enum(['verified', 'authorized', 'unverified']).nullable(),
  reason: reasonCode.nullable(),
  reasonName: z.string().nullable(),
  outcome: z.enum(outcomes).nullable(),
  isComplaint: z.boolean(),
  complaint: complaintClock.nullable(),
  note: z.string().nullable(),
  version,
})

/** Somebody the caller may be, with why we think so. Never shown as certain. */
export const callerMatch = z.object({
  customerId,
  name: z.string(),
  how: z.enum(['phone', 'authorized-phone']),
  /** The authorised contact whose phone it is. */
  authorizedId: idCodec<'authorized'>().nullable(),
  authorizedName: z.string().nullable(),
  confidence: z.literal('maybe'),
})

/** The contact in hand: the panel on the right of the desk. */
export const contactInHand = contactRow.extend({
  steps: z.array(z.object({ at: instantSchema, step: stepSchema })),
  /** Written from the steps; the advisor edits a sentence. */
  draftNote: z.string(),
  suggestedReason: reasonCode.nullable(),
  suggestedOutcome: z.enum(outcomes).nullable(),
  matches: z.array(callerMatch),
  decision: callerDecision.nullable(),
  earlierNotes: z.array(
    z.object({
      note: z.string(),
      writtenAt: instantSchema,
      writtenBy: z.string(),
      replacedBecause: z.string(),
    }),
  ),
})
