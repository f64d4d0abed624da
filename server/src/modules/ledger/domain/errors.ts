import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'ledger.no-journal': { kind: 'missing', says: 'This account has no journal {journalId}.' },
  'ledger.already-reversed': {
    kind: 'conflict',
    says: 'Journal {journalId} has already been reversed. Reload the account to see by what.',
  },
  'ledger.day-closed': {
    kind: 'refused',
    says: 'The books are closed up to {upTo}, so nothing can be posted on {on}. Post it on a later business day.',
  },
  'ledger.day-not-begun': {
    kind: 'refused',
    says: '{on} has not begun yet; its books can be closed on the day itself or later.',
  },
  'ledger.day-closed-already': { kind: 'conflict', says: 'The books of {on} are closed already.' },
  'ledger.earlier-day-open': {
    kind: 'refused',
    says: 'The books of {earlier} are still open. Close days in order, so that {on} comes after it.',
  },
})
