/** What the fieldwork department says no to, as sentences. */
import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'fieldwork.missing': { kind: 'missing', says: 'There is no such service order.' },
  'fieldwork.changed': {
    kind: 'conflict',
    says: 'This order was changed meanwhile: {what} by {who} ({when}). Look at it again, then repeat.',
  },
  'fieldwork.illegal-move': {
    kind: 'conflict',
    says: 'An order that is {from} cannot become {to} (SO-031).',
  },
  'fieldwork.not-yours': {
    kind: 'forbidden',
    says: 'This order is assigned to somebody else. Dispatch can give it to you.',
  },
  'fieldwork.no-place': {
    kind: 'invalid',
    says: 'Say at which address: the account is served at none or at several.',
  },
  'fieldwork.foreign-point': {
    kind: 'invalid',
    says: 'This service point does not belong to the address.',
  },
  'fieldwork.foreign-account': {
    kind: 'refused',
    says: 'This account was never served at that address.',
  },
  'fieldwork.foreign-parent': {
    kind: 'refused',
    says: 'A follow-up belongs to an order at the same address.',
  },
  'fieldwork.account-not-active': {
    kind: 'refused',
    says: 'A turn-on needs an account in service (SO-001). Start service first; it makes the order.',
  },
  'fieldwork.wanted-date': {
    kind: 'refused',
    says: 'The wanted day must lie between {earliest} and {latest}.',
  },
  'fieldwork.wanted-window': {
    kind: 'invalid',
    says: 'The window must begin before it ends, and needs a day.',
  },
  'fieldwork.not-a-representative': {
    kind: 'refused',
    says: 'Orders are given to field representatives who can sign in; this person is none.',
  },
  'fieldwork.already-theirs': { kind: 'conflict', says: 'The order is with {who} already.' },
  'fieldwork.unknown-outcome': {
    kind: 'invalid',
    says: 'This kind of order ends with one of: {outcomes}.',
  },
  'fieldwork.read-needed': { kind: 'refused', says: 'This order needs the read of the meter.' },
  'fieldwork.serial-needed': {
    kind: 'refused',
    says: 'Write the serial number of the meter you see, so that a mix-up shows (SO-024).',
  },
  'fieldwork.psi-needed': {
    kind: 'refused',
    says: 'A pressure check needs the static pressure in psi (SO-011).',
  },
  'fieldwork.left-status-wrong': {
    kind: 'refused',
    says: 'With the outcome "{outcome}" the water is left {allowed} (SO-025, SO-033).',
  },
})
