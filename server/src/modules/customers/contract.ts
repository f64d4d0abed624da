import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema, paragraphsSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { customerCard as card, verificationRow } from './contract/cards.ts'
import { customerKinds, languages, phoneKinds, protectionKinds, scopes, secretKinds } from './domain/words.ts'

export * from './contract/cards.ts'

const customerId = idCodec<'customer'>()
const personId = idCodec<'person'>()
const version = z.int().min(1).max(2_147_483_647)
const why = lineSchema({ min: 4, max: 500 })
const name = lineSchema({ max: 120 })

const phoneInput = z.strictObject({
  number: lineSchema({ max: 40 }), // as typed: (415) 555-0134, 415.555.0134 x12
  extension: z
    .string()
    .trim()
    .regex(/^\d{1,8}$/, 'an extension is 1 to 8 digits')
    .nullish(),
  kind: z.enum(phoneKinds),
  mayText: z.boolean().default(false),
})
const emailInput = lineSchema({ max: 254 })
const mailingInput = z.strictObject({
  line1: lineSchema({ min: 3, max: 100 }),
  line2: lineSchema({ min: 0, max: 100 }).nullish(),
  city: lineSchema({ max: 60 }),
  state: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'two letters, like CA'),
  zip: z
    .string()
    .trim()
    .regex(/^\d{5}(-\d{4})?$/, 'five digits, or nine like 92101-1234'),
})

export const customers = {
  getCustomer: endpoint({
    method: 'GET',
    path: '/customers/:customerId',
    may: 'customers.see',
    says: 'The card of a customer, masked when the customer is protected',
    input: z.strictObject({ customerId }),
    output: card,
    errors: ['customers.unknown'],
  }),
  listFormer: endpoint({
    method: 'GET',
    path: '/customers/:customerId/former',
    may: 'customers.see',
    says: 'Phones, e-mails and mailing addresses that were on the card once, with their dates',
    input: z.strictObject({ customerId }),
    output: z.array(
      z.object({
        what: z.enum(['phone', 'email', 'mailing']),
        text: z.string(),
        from: localDateSchema,
        until: localDateSchema,
      }),
    ),
    errors: ['customers.unknown'],
  }),
  makeCustomer: endpoint({
    method: 'POST',
    path: '/customers/make',
    may: 'customers.edit',
    says: 'A new customer, with the ways to reach them',
    input: z.strictObject({
      kind: z.enum(customerKinds),
      name,
      givenName: name.nullish(),
      familyName: name.nullish(),
      language: z.enum(languages).default('en'),
      phones: z.array(phoneInput).max(8).default([]),
      emails: z.array(emailInput).max(8).default([]),
      mailing: mailingInput.nullish(),
    }),
    output: card,
    errors: ['customers.name-unreadable', 'customers.phone-wrong', 'customers.email-wrong'],
    rehearsable: true,
  }),
  changeCustomer: endpoint({
    method: 'POST',
    path: '/customers/:customerId/change',
    may: 'customers.edit',
    says: 'Changes name, language, phones, e-mails or mailing address; what was so before is kept with its dates. A list given replaces the list on file',
    input: z.strictObject({
      customerId,
      version,
      reason: why,
      name: name.optional(),
      givenName: name.nullish(),
      familyName: name.nullish(),
      language: z.enum(languages).optional(),
      phones: z.array(phoneInput).max(8).optional(),
      emails: z.array(emailInput).max(8).optional(),
      mailing: mailingInput.nullish(),
    }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.changed-meanwhile',
      'customers.nothing-changed',
      'customers.name-unreadable',
      'customers.phone-wrong',
      'customers.phone-twice',
      'customers.phone-no-text',
      'customers.email-wrong',
      'customers.email-twice',
      'customers.sealed',
    ],
    rehearsable: true,
  }),
  markMailReturned: endpoint({
    method: 'POST',
    path: '/customers/:customerId/mail-returned',
    may: 'customers.edit',
    says: 'Notes that mail came back from the mailing address on file',
    input: z.strictObject({ customerId, version, on: localDateSchema, reason: why }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.no-mailing',
      'customers.changed-meanwhile',
      'customers.date-ahead',
      'customers.sealed',
    ],
  }),
  addAuthorized: endpoint({
    method: 'POST',
    path: '/customers/:customerId/authorized',
    may: 'customers.edit',
    says: 'Somebody who may speak for the customer: about what, until when, on what proof (ACC-016)',
    input: z.strictObject({
      customerId,
      version,
      name,
      relation: lineSchema({ min: 2, max: 60 }),
      phone: lineSchema({ max: 40 }).nullish(),
      scopes: z.array(z.enum(scopes)).min(1, 'say what they may do').max(4),
      proof: lineSchema({ min: 4, max: 300 }),
      validFrom: localDateSchema.optional(),
      validTo: localDateSchema.nullish(),
    }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.changed-meanwhile',
      'customers.phone-wrong',
      'customers.dates-backwards',
      'customers.authorized-twice',
      'customers.sealed',
    ],
  }),
  revokeAuthorized: endpoint({
    method: 'POST',
    path: '/customers/:customerId/authorized/:authorizedId/revoke',
    may: 'customers.edit',
    says: 'Takes the authorisation back, at once',
    input: z.strictObject({ customerId, authorizedId: idCodec<'authorized'>(), reason: why }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.authorized-unknown',
      'customers.authorized-over',
    ],
  }),
  setSecret: endpoint({
    method: 'POST',
    path: '/customers/:customerId/secret',
    may: 'customers.edit',
    says: 'Sets what a caller can be asked for (PIN, passphrase, last four of an id). Only a keyed digest is kept',
    input: z.strictObject({
      customerId,
      kind: z.enum(secretKinds),
      text: z.string().min(1).max(100),
      reason: why,
    }),
    output: card,
    errors: ['staff.own-account', 'customers.unknown', 'customers.secret-weak', 'customers.sealed'],
  }),
  placeProtection: endpoint({
    method: 'POST',
    path: '/customers/:customerId/protection/place',
    may: 'customers.edit',
    says: 'Hides the customer at once; a second person approves (PRV-019)',
    input: z.strictObject({
      customerId,
      kind: z.enum(protectionKinds),
      reason: why,
      substituteAddress: paragraphsSchema({ min: 10, max: 300 }).nullish(),
    }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.already-protected',
      'customers.substitute-missing',
    ],
  }),
  decideProtection: endpoint({
    method: 'POST',
    path: '/customers/:customerId/protection/decide',
    may: 'customers.protect',
    says: 'The second person approves a new protection or a lifting, or says no to it',
    input: z.strictObject({ customerId, approve: z.boolean(), reason: why }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.not-protected',
      'customers.nothing-to-decide',
      'customers.second-person',
      'staff.reset-between',
    ],
  }),
  askToLift: endpoint({
    method: 'POST',
    path: '/customers/:customerId/protection/ask-to-lift',
    may: 'customers.edit',
    says: 'Proposes to lift a protection; nothing shows until a second person agrees',
    input: z.strictObject({ customerId, reason: why }),
    output: card,
    errors: ['staff.own-account', 'customers.unknown', 'customers.not-protected', 'customers.lift-asked'],
  }),
  listProtectionsWaiting: endpoint({
    method: 'GET',
    path: '/customers/protections/waiting',
    may: 'customers.protect',
    says: 'Protections and liftings that wait for the second person',
    input: z.strictObject({}),
    output: z.array(
      z.object({
        customerId,
        name: z.string(),
        what: z.enum(['place', 'lift']),
        kind: z.enum(protectionKinds),
        reason: z.string(),
        askedAt: instantSchema,
        askedBy: z.string(),
        mayDecide: z.boolean(),
      }),
    ),
  }),
  reveal: endpoint({
    method: 'POST',
    path: '/customers/:customerId/reveal',
    may: 'customers.see-protected',
    says: 'Opens a protected card for its reader for a short while; who, when and why are kept',
    input: z.strictObject({ customerId, reason: why }),
    output: card,
    errors: [
      'staff.own-account',
      'customers.unknown',
      'customers.not-protected',
      'customers.too-many-reveals',
    ],
    keyless: true, // its answer must not lie in the table of answered requests; a second look is a second row
  }),
  listAccess: endpoint({
    method: 'GET',
    path: '/customers/:customerId/access',
    may: 'audit.see',
    says: 'Who looked behind the protection, when and why, newest first',
    input: z.strictObject({ customerId }),
    output: z.array(
      z.object({
        at: instantSchema,
        personId,
        personName: z.string(),
        what: z.string(),
        reason: z.string(),
      }),
    ),
    errors: ['customers.unknown'],
  }),
  listVerifications: endpoint({
    method: 'GET',
    path: '/customers/:customerId/verifications',
    may: 'customers.verify',
    says: 'The last attempts to prove who was calling, newest first',
    input: z.strictObject({ customerId }),
    output: z.array(verificationRow),
    errors: ['customers.unknown'],
  }),
}
