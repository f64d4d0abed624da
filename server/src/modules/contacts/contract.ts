import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema, paragraphsSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { proofItems } from '../customers/domain/words.ts'
import { contactInHand as inHand, reasonCode, contactRow as row } from './contract/rows.ts'
import { stepSchema } from './domain/steps.ts'
import { callers, channels, directions, outcomes } from './domain/words.ts'

export * from './contract/rows.ts'
export { stepSchema } from './domain/steps.ts'

const contactId = idCodec<'contact'>()
const accountId = idCodec<'account'>()
const customerId = idCodec<'customer'>()
const personId = idCodec<'person'>()
const version = z.int().min(1).max(2_147_483_647)
const callerName = lineSchema({ max: 120 })
const phone = lineSchema({ max: 40 })
const note = paragraphsSchema({ max: 4_000 })

/** What changing an open draft may be answered with. */
const draftErrors = [
  'staff.own-account',
  'contacts.unknown',
  'contacts.not-yours',
  'contacts.take-over-first',
  'contacts.closed',
] as const

export const contacts = {
  listReasons: endpoint({
    method: 'GET',
    path: '/contacts/reasons',
    may: 'contacts.see',
    says: 'Reasons of a contact in the order of the list',
    input: z.strictObject({}),
    output: z.array(z.object({ reason: z.string(), name: z.string() })),
  }),
  startContact: endpoint({
    method: 'POST',
    path: '/contacts/start',
    may: 'contacts.write',
    says: 'Begins a contact as a draft; a phone number is matched with who it may be',
    input: z.strictObject({
      channel: z.enum(channels),
      direction: z.enum(directions).default('in'),
      phone: phone.nullish(),
      callerName: callerName.nullish(),
      accountId: accountId.nullish(),
      customerId: customerId.nullish(),
    }),
    output: inHand,
    errors: [
      'staff.own-account',
      'customers.phone-wrong',
      'customers.unknown',
      'contacts.account-unknown',
      'contacts.not-their-account',
    ],
  }),
  getContact: endpoint({
    method: 'GET',
    path: '/contacts/:contactId',
    may: 'contacts.see',
    says: 'One contact with its steps; a draft shows to whoever is writing it and to the supervisor',
    input: z.strictObject({ contactId }),
    output: inHand,
    errors: ['contacts.unknown'],
  }),
  attachContact: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/attach',
    may: 'contacts.write',
    says: 'Says whom a draft is about: account, customer, name, phone; null takes it off again. From one account to another it moves with a reason',
    input: z.strictObject({
      contactId,
      accountId: accountId.nullish(),
      customerId: customerId.nullish(),
      callerName: callerName.nullish(),
      phone: phone.nullish(),
      /** Asked for when the draft was begun for another account. */
      reason: lineSchema({ min: 4, max: 300 }).nullish(),
    }),
    output: inHand,
    errors: [
      ...draftErrors,
      'customers.unknown',
      'contacts.account-unknown',
      'contacts.move-unexplained',
      'contacts.not-their-account',
    ],
  }),
  handOver: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/hand-over',
    may: 'contacts.write',
    says: 'Gives an open draft into another hand: its writer to a colleague, a supervisor to themselves',
    input: z.strictObject({
      contactId,
      toPersonId: idCodec<'person'>(),
      reason: lineSchema({ min: 4, max: 300 }),
    }),
    output: inHand,
    errors: [
      'contacts.unknown',
      'contacts.not-yours',
      'contacts.held-already',
      'contacts.closed',
      'contacts.no-hand',
    ],
  }),
  verifyCaller: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/verify',
    may: 'customers.verify',
    says: 'Keeps one attempt to prove who is calling: the advisor ticks what matched, the server checks what nobody sees (PIN, passphrase, last four)',
    input: z.strictObject({
      contactId,
      customerId,
      accountId: accountId.nullish(),
      caller: z.enum(callers),
      callerName: callerName.nullish(),
      authorizedId: idCodec<'authorized'>().nullish(),
      matched: z.array(z.enum(proofItems)).max(8).default([]),
      failed: z.array(z.enum(proofItems)).max(8).default([]),
      pin: z.string().max(20).nullish(),
      passphrase: z.string().max(100).nullish(),
      idLast4: z.string().max(10).nullish(),
    }),
    output: inHand,
    errors: [
      ...draftErrors,
      'customers.unknown',
      'customers.authorized-unknown',
      'customers.secret-not-ticked',
      'contacts.attached-elsewhere',
      'contacts.not-their-account',
      'contacts.account-unknown',
    ],
  }),
  noteSteps: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/steps',
    may: 'contacts.write',
    says: 'Notes what was opened and done since the last call; the draft note is written from it',
    input: z.strictObject({ contactId, steps: z.array(stepSchema).min(1).max(50) }),
    output: z.object({
      draftNote: z.string(),
      suggestedReason: reasonCode.nullable(),
      suggestedOutcome: z.enum(outcomes).nullable(),
    }),
    errors: [...draftErrors, 'contacts.too-many-steps'],
  }),
  keepDraft: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/keep',
    may: 'contacts.write',
    says: 'Keeps the words typed so far, so that a reload loses nothing',
    input: z.strictObject({
      contactId,
      note: paragraphsSchema({ min: 0, max: 4_000 }),
      reason: reasonCode.nullish(),
      isComplaint: z.boolean().optional(),
    }),
    output: z.object({ version }),
    errors: [...draftErrors, 'contacts.reason-unknown'],
  }),
  saveContact: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/save',
    may: 'contacts.write',
    says: 'Closes the contact in one call: note, reason, outcome, complaint, and the follow-up task when a date is given',
    input: z.strictObject({
      contactId,
      version,
      reason: reasonCode,
      outcome: z.enum(outcomes),
      note,
      isComplaint: z.boolean().default(false),
      callerName: callerName.nullish(),
      followUp: z
        .strictObject({
          title: lineSchema({ min: 3, max: 200 }),
          dueOn: localDateSchema,
          ownerId: personId.nullish(),
        })
        .nullish(),
    }),
    output: row.extend({ followUpTaskId: idCodec<'task'>().nullable() }),
    errors: [
      ...draftErrors,
      'premises.findable-text',
      'contacts.changed-meanwhile',
      'contacts.reason-unknown',
      'contacts.follow-up-missing',
      'contacts.follow-up-past',
    ],
  }),
  discardContact: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/discard',
    may: 'contacts.write',
    says: 'Throws a draft away (a wrong number, opened by mistake); its steps stay on record',
    input: z.strictObject({ contactId }),
    output: row,
    errors: ['contacts.unknown', 'contacts.not-yours', 'contacts.take-over-first', 'contacts.closed'],
  }),
  editNote: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/note',
    may: 'contacts.write',
    says: 'Corrects the note of a saved contact; the words before stay readable',
    input: z.strictObject({ contactId, version, note, reason: lineSchema({ min: 4, max: 300 }) }),
    output: row,
    errors: [
      'staff.own-account',
      'premises.findable-text',
      'contacts.unknown',
      'contacts.not-yours',
      'contacts.not-saved',
      'contacts.changed-meanwhile',
      'contacts.same-note',
    ],
  }),
  answerComplaint: endpoint({
    method: 'POST',
    path: '/contacts/:contactId/answer',
    may: 'contacts.write',
    says: 'Stops the clock of a complaint with the answer that was given',
    input: z.strictObject({ contactId, answer: paragraphsSchema({ min: 4, max: 2_000 }) }),
    output: row,
    errors: [
      'staff.own-account',
      'premises.findable-text',
      'contacts.unknown',
      'contacts.no-complaint',
      'contacts.complaint-answered',
    ],
  }),
  listMyDrafts: endpoint({
    method: 'GET',
    path: '/contacts/drafts',
    may: 'contacts.write',
    says: 'Contacts begun and neither saved nor discarded by whoever asks',
    input: z.strictObject({}),
    output: z.array(row),
  }),
  listByAccount: endpoint({
    method: 'GET',
    path: '/contacts/by-account/:accountId',
    may: 'contacts.see',
    says: 'Saved contacts of an account, newest first; `before` pages on',
    input: z.strictObject({
      accountId,
      before: contactId.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.array(row),
  }),
  listContacts: endpoint({
    method: 'GET',
    path: '/contacts',
    may: 'desk.supervise',
    says: 'What the desk did: contacts saved on a day, by person and reason, and the complaints that are open',
    input: z.strictObject({
      on: localDateSchema.optional(),
      personId: personId.optional(),
      reason: reasonCode.optional(),
      only: z.enum(['complaints', 'open-complaints']).optional(),
    }),
    output: z.object({
      on: localDateSchema,
      rows: z.array(row),
      byPerson: z.array(z.object({ personId, name: z.string(), count: z.int() })),
      byReason: z.array(z.object({ reason: z.string(), name: z.string(), count: z.int() })),
      openComplaints: z.int(),
      lateComplaints: z.int(),
      /** More contacts matched than are listed. */
      isCut: z.boolean(),
    }),
  }),
}
