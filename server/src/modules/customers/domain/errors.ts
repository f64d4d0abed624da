/** What the customers department says no to, as sentences. */
import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'customers.unknown': { kind: 'missing', says: 'There is no such customer.' },
  'customers.changed-meanwhile': {
    kind: 'conflict',
    says: '{who} changed {what} ({when}). Look at the card again, then repeat your change.',
  },
  'customers.nothing-changed': { kind: 'refused', says: 'Nothing on the card would change.' },
  'customers.name-unreadable': {
    kind: 'invalid',
    says: 'A name needs at least one letter or number, so that it can be found and printed.',
  },
  'customers.phone-wrong': {
    kind: 'invalid',
    says: "'{text}' is not a phone number that can be called. Write it like (619) 555-0134, abroad with + and the country.",
  },
  'customers.phone-twice': { kind: 'invalid', says: '{phone} stands on the list twice.' },
  'customers.phone-no-text': {
    kind: 'invalid',
    says: '{phone} is a {kind} phone; only a mobile phone gets text messages.',
  },
  'customers.email-wrong': { kind: 'invalid', says: "'{text}' is not an e-mail address." },
  'customers.email-twice': { kind: 'invalid', says: '{email} stands on the list twice.' },
  'customers.no-mailing': {
    kind: 'refused',
    says: 'No mailing address is on file; mail goes to the service address. Add the address it should go to.',
  },
  'customers.date-ahead': { kind: 'invalid', says: 'Mail cannot have come back in the future.' },
  'customers.dates-backwards': {
    kind: 'invalid',
    says: 'An authorisation ends after it begins, and not in the past.',
  },
  'customers.authorized-unknown': {
    kind: 'missing',
    says: 'There is no such authorised contact on this customer.',
  },
  'customers.authorized-over': { kind: 'conflict', says: 'This authorisation was already taken back.' },
  'customers.authorized-twice': {
    kind: 'conflict',
    says: '{name} may already speak for this customer. Take that authorisation back first to change it.',
  },
  'customers.secret-weak': { kind: 'refused', says: '{problem}' },
  'customers.secret-not-ticked': {
    kind: 'invalid',
    says: 'PIN, passphrase and last four are checked by the server: type what the caller says.',
  },
  'customers.sealed': {
    kind: 'refused',
    says: 'This customer is protected (PRV-019). Open the card with a reason first, or refer to somebody who may.',
  },
  'customers.already-protected': { kind: 'conflict', says: 'This customer is already protected.' },
  'customers.substitute-missing': {
    kind: 'invalid',
    says: "A Safe at Home participant's mail goes to the substitute address exactly as printed on their card (PRV-019).",
  },
  'customers.not-protected': { kind: 'conflict', says: 'This customer is not protected.' },
  'customers.nothing-to-decide': {
    kind: 'conflict',
    says: 'Nobody has proposed a change of this protection.',
  },
  'customers.second-person': {
    kind: 'refused',
    says: 'You proposed this yourself. A second person decides (PRV-019).',
  },
  'customers.lift-asked': {
    kind: 'conflict',
    says: 'Lifting this protection is already proposed, or it still waits for its first approval.',
  },
  'customers.too-many-reveals': {
    kind: 'refused',
    says: 'You have opened {count} protected cards within the hour, the most the district allows (PRV-041). Ask your supervisor.',
  },
})
