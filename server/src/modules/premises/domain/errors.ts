/** What the premises department says no to, as sentences. */
import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'premises.unknown': { kind: 'missing', says: 'There is no such service address.' },
  'premises.point-unknown': { kind: 'missing', says: 'This service address has no such service point.' },
  'premises.changed-meanwhile': {
    kind: 'conflict',
    says: '{who} changed {what} ({when}). Look at the page again, then repeat your change.',
  },
  'premises.nothing-changed': { kind: 'refused', says: 'Nothing here would change.' },
  'premises.irrigated-over-lot': {
    kind: 'invalid',
    says: 'The irrigated area ({irrigated} sq ft) cannot be larger than the lot ({lot} sq ft).',
  },
  'premises.off-there-now': {
    kind: 'refused',
    says: 'The water is {state} right now; that turn-off point cannot be taken away before it is on again.',
  },
  'premises.no-turn-off-point': {
    kind: 'refused',
    says: 'This service point cannot be turned off at the {point}.',
  },
  'premises.already-so': { kind: 'conflict', says: 'The water is {state} already.' },
  'premises.hazard-unknown': { kind: 'missing', says: 'There is no such warning at this address.' },
  'premises.hazard-ended': { kind: 'conflict', says: 'This warning has ended already.' },
  'premises.hazard-too-long': {
    kind: 'refused',
    says: 'A warning holds for {months} months at the most, until {until}; then somebody looks again (SO-036).',
  },
  'premises.findable-text': {
    kind: 'refused',
    says: 'This is about a protected customer, and “{found}” finds a place or a person. Leave addresses and phone numbers out of it: they stand on the customer’s card, which opens with a reason.',
  },
  'premises.hazard-over': { kind: 'invalid', says: 'A warning ends after today.' },
})
