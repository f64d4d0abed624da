/** What the accounts department says no to, as sentences. */
import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'accounts.missing': { kind: 'missing', says: 'There is no such account.' },
  'accounts.no-change': { kind: 'missing', says: 'This account has no such start, stop or transfer.' },
  'accounts.no-premise': { kind: 'missing', says: 'There is no such service address.' },
  'accounts.no-customer': { kind: 'missing', says: 'There is no such customer.' },
  'accounts.no-service-point': {
    kind: 'refused',
    says: 'Nothing can be started at this address: it has no service point. Ask engineering to record one.',
  },
  'accounts.foreign-point': {
    kind: 'invalid',
    says: 'This service point does not belong to the address.',
  },
  'accounts.closed': { kind: 'refused', says: 'This account is closed since {on}.' },
  'accounts.changed': {
    kind: 'conflict',
    says: '{who} changed {what} ({when}). Look at the account again, then repeat your change.',
  },
  // dates
  'accounts.date-too-far-back': {
    kind: 'refused',
    says: 'A start or stop may be dated back at most {days} days, to {earliest}. For an older date ask billing for a correction.',
  },
  'accounts.date-too-far-ahead': {
    kind: 'refused',
    says: 'A start or stop may be entered at most {days} days ahead, until {latest}.',
  },
  'accounts.back-date-note': {
    kind: 'refused',
    says: 'A date in the past needs a note with the proof (lease, deed, closing papers).',
  },
  'accounts.date-order': {
    kind: 'refused',
    says: 'Service began on {from}; it can stop on {earliest} at the earliest. If it never began, cancel the start.',
  },
  // who is there
  'accounts.overlap': {
    kind: 'conflict',
    says: 'Somebody is served at this address since {from}. Say how we know that they leave, or choose another date.',
  },
  'accounts.overlap-until': {
    kind: 'conflict',
    says: 'Somebody is served at this address until {until}. Start on {until} or later, or change that stop first.',
  },
  'accounts.next-occupant': {
    kind: 'conflict',
    says: 'Somebody starts at this address on {from}. Cancel that start first, or speak with them.',
  },
  'accounts.overlap-race': {
    kind: 'conflict',
    says: 'Somebody else was served here from {from} by a change made a moment ago. Look at the address again.',
  },
  'accounts.same-customer': {
    kind: 'refused',
    says: 'This customer is served at this address already, since {from}.',
  },
  'accounts.gap': {
    kind: 'refused',
    says: 'Nobody was served here from {from} to {to} ({days} days). Say what happened: it stood empty, the owner had it, or the start is dated back to {from}.',
  },
  'accounts.no-gap': {
    kind: 'refused',
    says: 'There is no time without service before {to}; nothing has to be decided about it. Look at the address again.',
  },
  'accounts.no-owner': {
    kind: 'refused',
    says: 'No owner is on record for this address who could take it over. Record the owner first, or choose otherwise.',
  },
  'accounts.not-served': {
    kind: 'refused',
    says: 'This account is not in service at this address.',
  },
  'accounts.which-address': {
    kind: 'invalid',
    says: 'This account is served at several addresses; say at which one.',
  },
  'accounts.already-stopping': {
    kind: 'conflict',
    says: 'Service stops here on {on} already. Cancel that stop first to choose another date.',
  },
  'accounts.occupied-by-tenant': {
    kind: 'refused',
    says: 'An owner may not stop the water of a tenant who lives there (ACC-045). With proof that nobody lives there, write the proof; otherwise the tenant must ask.',
  },
  'accounts.say-what-follows': {
    kind: 'refused',
    says: 'Say what follows: the owner takes over, the water is turned off, or it stays on and we watch the meter.',
  },
  'accounts.same-premise': { kind: 'invalid', says: 'Old and new address are the same.' },
  // hand-over
  'accounts.read-date': {
    kind: 'refused',
    says: 'The hand-over read must be taken within {days} days of {on} and not in the future; it is dated {readOn}. Order a read instead, or let it be estimated.',
  },
  'accounts.estimate-not-allowed': {
    kind: 'forbidden',
    says: 'Your level may not settle on an estimated read (AUTH-016). Enter the read, or have one fetched by an order.',
  },
  'accounts.read-twice': { kind: 'invalid', says: 'The same register is read twice.' },
  'accounts.read-missing': {
    kind: 'refused',
    says: 'No service point here has a meter to read; choose the estimate.',
  },
  // taking back
  'accounts.change-done': {
    kind: 'refused',
    says: 'This took effect on {on} and cannot be cancelled any more. Make a new change instead.',
  },
  'accounts.change-cancelled': { kind: 'conflict', says: 'This was cancelled already.' },
  'accounts.change-part': {
    kind: 'refused',
    says: 'This is one half of a hand-over. Cancel it on the other account, where it was made.',
  },
  'accounts.follower': {
    kind: 'conflict',
    says: 'Somebody else starts at this address on {from}. Cancel that start first.',
  },
  // household, enrolments, owner
  'accounts.household-date': {
    kind: 'refused',
    says: 'The number of persons can change from {earliest} to {latest}, while this account is served.',
  },
  'accounts.household-same': {
    kind: 'conflict',
    says: 'The account says {persons} persons from {from} on already.',
  },
  'accounts.household-variance': {
    kind: 'refused',
    says: '{persons} people are more than the {usual} of the water budget, and above your level (AUTH-015). Take a water budget variance: it goes to whoever decides.',
  },
  'accounts.already-enrolled': { kind: 'conflict', says: 'The account has {what} since {from}.' },
  'accounts.not-enrolled': { kind: 'conflict', says: 'The account does not have {what}.' },
  'accounts.enrolment-date': {
    kind: 'refused',
    says: '{what} can begin or end between {earliest} and {latest}.',
  },
  'accounts.owner-date': {
    kind: 'refused',
    says: 'The present owner is on record since {from}; a new one must come later, and not after today.',
  },
  'accounts.owner-same': { kind: 'conflict', says: 'This is what the record says already.' },
})
