import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'correspondence.no-account': { kind: 'missing', says: 'There is no such account.' },
  'correspondence.no-message': { kind: 'missing', says: 'There is no such message.' },
  'correspondence.empty-variable': {
    kind: 'refused',
    says: 'The message has no value for {name}; it would read as a gap, so it is not sent.',
  },
  'correspondence.does-not-add-up': {
    kind: 'refused',
    says: 'The reasons add up to {reasons}, but the bill changed by {change}. Nothing is sent until they agree.',
  },
  'correspondence.dates-out-of-order': { kind: 'refused', says: '{what}' },
  'correspondence.not-on-file': {
    kind: 'refused',
    says: 'This e-mail address is not on file for the customer now. Choose one from the list, or type it with the reason.',
  },
  'correspondence.no-mailing-address': {
    kind: 'refused',
    says: 'No mailing address is on file to which mail still goes. Type the address with the reason.',
  },
  'correspondence.protected-address': {
    kind: 'refused',
    says: 'This customer is protected: open the record with a reason first; mail goes to the addresses on file only.',
  },
  'correspondence.not-a-letter': { kind: 'refused', says: 'Only a letter is printed.' },
  'correspondence.already-printed': { kind: 'conflict', says: 'This letter was printed already.' },
  'correspondence.not-held': {
    kind: 'conflict',
    says: 'This message is {state}; only one that was held or failed is sent again.',
  },
})
