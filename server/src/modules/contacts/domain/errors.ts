/** What the contacts department says no to, as sentences. */
import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'contacts.unknown': { kind: 'missing', says: 'There is no such contact.' },
  'contacts.account-unknown': { kind: 'missing', says: 'There is no such account.' },
  'contacts.not-yours': {
    kind: 'forbidden',
    says: '{who} began this contact. Ask them or your supervisor to change it.',
  },
  'contacts.take-over-first': {
    kind: 'forbidden',
    says: '{who} is writing this contact. Take it over first, with the reason, or let them hand it to you.',
  },
  'contacts.held-already': { kind: 'conflict', says: '{who} holds this contact already.' },
  'contacts.no-hand': { kind: 'refused', says: 'This person writes no contacts, or no longer works here.' },
  'contacts.move-unexplained': {
    kind: 'refused',
    says: 'This contact was begun for another account. Say why it moves: what was typed moves with it.',
  },
  'contacts.attached-elsewhere': {
    kind: 'refused',
    says: 'This contact is about another account. Move it first, or start a new one.',
  },
  'contacts.closed': { kind: 'conflict', says: 'This contact is already {state}. Start a new one.' },
  'contacts.not-saved': {
    kind: 'conflict',
    says: 'This contact is not saved yet; its note is still the draft.',
  },
  'contacts.changed-meanwhile': {
    kind: 'conflict',
    says: '{who} changed this contact ({when}). Look at it again, then repeat your change.',
  },
  'contacts.reason-unknown': { kind: 'invalid', says: "'{reason}' is not a reason of the list." },
  'contacts.follow-up-missing': {
    kind: 'invalid',
    says: 'The outcome is a follow-up: say what is to be done and by when.',
  },
  'contacts.follow-up-past': { kind: 'invalid', says: 'A follow-up is due today or later.' },
  'contacts.same-note': { kind: 'refused', says: 'The note would stay as it is.' },
  'contacts.not-their-account': {
    kind: 'refused',
    says: 'That account belongs to another customer. Choose the account, and the customer comes with it.',
  },
  'contacts.too-many-steps': {
    kind: 'refused',
    says: 'A contact holds at most {limit} steps. Save it and start another.',
  },
  'contacts.no-complaint': { kind: 'conflict', says: 'This contact is not a saved complaint.' },
  'contacts.complaint-answered': { kind: 'conflict', says: 'This complaint was answered already.' },
})
