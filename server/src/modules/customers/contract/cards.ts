/** Cards of a customer and of a caller's proof, as the browser reads them. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import {
  allowances,
  customerKinds,
  languages,
  phoneKinds,
  proofItems,
  protectionKinds,
  scopes,
  secretKinds,
  visibilities,
} from '../domain/words.ts'

const customerId = idCodec<'customer'>()
const version = z.int().min(1).max(2_147_483_647)

export const customerPhone = z.object({
  phoneId: idCodec<'phone'>(),
  e164: z.string(),
  shown: z.string(), // (415) 555-0134
  extension: z.string().nullable(),
  kind: z.enum(phoneKinds),
  mayText: z.boolean(),
  validFrom: localDateSchema,
})

export const customerEmail = z.object({
  emailId: idCodec<'email'>(),
  address: z.string(),
  validFrom: localDateSchema,
})

export const mailingAddress = z.object({
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  validFrom: localDateSchema,
  /** Mail came back on this day; the next letter needs a better address. */
  returnedOn: localDateSchema.nullable(),
})

export const authorizedContact = z.object({
  authorizedId: idCodec<'authorized'>(),
  name: z.string(),
  relation: z.string(),
  phone: z.string().nullable(),
  scopes: z.array(z.enum(scopes)),
  proof: z.string(),
  validFrom: localDateSchema,
  validTo: localDateSchema.nullable(),
  state: z.enum(['in-force', 'not-yet', 'expired', 'revoked']),
})

export const protection = z.object({
  kind: z.enum(protectionKinds),
  /** Placed by one, approved by another (PRV-019). It hides from the first moment on. */
  stage: z.enum(['awaiting-approval', 'in-force', 'awaiting-lift']),
  placedAt: instantSchema,
  placedBy: z.string(),
  approvedBy: z.string().nullable(),
  /** Printed exactly as on the participant's card; everything we send goes there. */
  substituteAddress: z.string().nullable(),
  /** Only for those who may see behind the protection. */
  reason: z.string().nullable(),
  liftReason: z.string().nullable(),
})

/**
 * A customer as the person asking may see them. `visibility` says how much: `open`; `sealed` (may look behind, must
 * give a reason first: name only); `hidden` ("Protected customer" and the substitute address, nothing else).
 */
export const customerCard = z.object({
  customerId,
  visibility: z.enum(visibilities),
  kind: z.enum(customerKinds),
  name: z.string(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  language: z.enum(languages),
  since: localDateSchema.nullable(),
  version,
  protection: protection.nullable(),
  phones: z.array(customerPhone),
  emails: z.array(customerEmail),
  mailing: mailingAddress.nullable(),
  authorized: z.array(authorizedContact),
  formerNames: z.array(z.object({ name: z.string(), until: localDateSchema })),
  /** Which secrets a caller can be asked for; never the secrets. */
  secrets: z.array(z.enum(secretKinds)),
})

/** What was proven, and so what may be said and done, why, and what to ask next (PRV-010). */
export const callerDecision = z.object({
  outcome: z.enum(['verified', 'authorized', 'unverified']),
  may: z.array(z.enum(allowances)),
  mayNot: z.array(z.enum(allowances)),
  proven: z.array(z.enum(proofItems)),
  failed: z.array(z.enum(proofItems)),
  why: z.string(),
  /** The next best question; null when nothing more is needed or nothing is left. */
  ask: z.enum(proofItems).nullable(),
  askSays: z.string().nullable(),
})

export const verificationRow = z.object({
  verificationId: idCodec<'verification'>(),
  at: instantSchema,
  personName: z.string(),
  caller: z.enum(['customer', 'authorized', 'other']),
  callerName: z.string().nullable(),
  proven: z.array(z.enum(proofItems)),
  failed: z.array(z.enum(proofItems)),
  outcome: callerDecision.shape.outcome,
})
