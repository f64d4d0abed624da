import { freeLine, freeText } from '@curbstop/kernel/card-numbers'
import { instantSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import { personRef } from '../../staff/contract.ts'
import { channel, language, letter, templateCode } from './letters.ts'

export { changeCode, letter, templateCode, tipCode } from './letters.ts'

const accountId = idCodec<'account'>()
const messageId = idCodec<'message'>()
const emailId = idCodec<'email'>()

/** Where a message goes: an address on file, or one typed with the reason why. */
const destination = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email-on-file'), emailId }),
  z.strictObject({
    kind: z.literal('email-typed'),
    address: z
      .string()
      .trim()
      .max(254)
      .regex(/^[^@\s<>,;"]+@[^@\s<>,;"]+\.[^@\s<>,;"]+$/, 'an e-mail address'),
    reason: freeText(300, 4),
  }),
  z.strictObject({ kind: z.literal('mail-on-file') }),
  z.strictObject({
    kind: z.literal('mail-typed'),
    lines: z.array(freeLine(100)).min(2, 'street, then city, state and ZIP').max(5),
    reason: freeText(300, 4),
  }),
])

export const deliveryState = z.enum(['queued', 'sent', 'failed', 'printed', 'held'])

export const messageRow = z.object({
  messageId,
  accountId: accountId.nullable(),
  template: templateCode,
  channel,
  language,
  subject: z.string(),
  /** Masked for a protected customer. */
  sentTo: z.string(),
  createdAt: instantSchema,
  createdBy: personRef,
  state: deliveryState,
  stateAt: instantSchema,
  stateDetail: z.string().nullable(),
})

const rendered = z.object({ language, subject: z.string(), text: z.string(), html: z.string() })
const sendErrors = [
  'correspondence.no-account',
  'correspondence.empty-variable',
  'correspondence.does-not-add-up',
  'correspondence.dates-out-of-order',
] as const

export const correspondence = {
  preview: endpoint({
    method: 'POST',
    path: '/correspondence/preview',
    may: 'correspondence.send',
    says: 'A message as the customer would read it; nothing is stored or sent',
    input: z.strictObject({ accountId, language: language.optional(), letter }),
    output: rendered,
    errors: sendErrors,
    asks: true,
  }),
  send: endpoint({
    method: 'POST',
    path: '/correspondence/messages',
    may: 'correspondence.send',
    says: 'Writes the message as it is sent and queues it: e-mail by the mail server, a letter for printing',
    input: z.strictObject({ accountId, language: language.optional(), letter, to: destination }),
    output: messageRow,
    errors: [
      ...sendErrors,
      'staff.own-account',
      'correspondence.not-on-file',
      'correspondence.no-mailing-address',
      'correspondence.protected-address',
    ],
  }),
  listAddresses: endpoint({
    method: 'GET',
    path: '/correspondence/accounts/:accountId/addresses',
    may: 'correspondence.send',
    says: 'Where messages about an account may go, and in which language',
    input: z.strictObject({ accountId }),
    output: z.object({
      language,
      isProtected: z.boolean(),
      emails: z.array(z.object({ emailId, shown: z.string() })),
      mail: z.object({ lines: z.array(z.string()), isSubstitute: z.boolean() }).nullable(),
    }),
    errors: ['correspondence.no-account'],
  }),
  listMessages: endpoint({
    method: 'GET',
    path: '/correspondence/accounts/:accountId/messages',
    may: 'contacts.see',
    says: 'What was sent about an account and how it went, newest first',
    input: z.strictObject({ accountId }),
    output: z.array(messageRow),
  }),
  getMessage: endpoint({
    method: 'GET',
    path: '/correspondence/messages/:messageId',
    may: 'contacts.see',
    says: 'The words as sent, with every step of the delivery; `html` is the print view of a letter',
    input: z.strictObject({ messageId }),
    output: z.object({
      message: messageRow,
      text: z.string(),
      html: z.string(),
      deliveries: z.array(
        z.object({ at: instantSchema, state: deliveryState, detail: z.string().nullable() }),
      ),
    }),
    errors: ['correspondence.no-message', 'correspondence.protected-address'],
  }),
  markPrinted: endpoint({
    method: 'POST',
    path: '/correspondence/messages/:messageId/printed',
    may: 'correspondence.send',
    says: 'Notes that a letter was printed and put in the mail',
    input: z.strictObject({ messageId }),
    output: messageRow,
    errors: [
      'staff.own-account',
      'correspondence.no-message',
      'correspondence.not-a-letter',
      'correspondence.already-printed',
    ],
  }),
  sendAgain: endpoint({
    method: 'POST',
    path: '/correspondence/messages/:messageId/send-again',
    may: 'correspondence.send',
    says: 'Queues a held or failed e-mail anew, word for word',
    input: z.strictObject({ messageId }),
    output: messageRow,
    errors: ['staff.own-account', 'correspondence.no-message', 'correspondence.not-held'],
  }),
}
