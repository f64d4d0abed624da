import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'variances.missing': { kind: 'missing', says: 'This account has no such request.' },
  'variances.changed': {
    kind: 'conflict',
    says: '{who} {what} in the meantime. Look at the request again before you go on.',
  },
  'variances.not-now': { kind: 'refused', says: 'This request is {state}; it cannot be {wanted}.' },
  'variances.no-place': {
    kind: 'refused',
    says: 'This account serves no address with water, so it has no water budget to change.',
  },
  'variances.bad-days': {
    kind: 'invalid',
    says: 'A budget is asked for one day up to a year, the first day before the last.',
  },
  'variances.closed-account': {
    kind: 'refused',
    says: 'This account is closed. A variance belongs to the customer who is served there now (WB-038).',
  },
  'variances.figures-missing': { kind: 'invalid', says: '{says}' },
  'variances.already-asked': {
    kind: 'conflict',
    says: 'A request of this kind waits already, since {on}. Open it and add what is new.',
  },
  'variances.requested-in-future': { kind: 'invalid', says: 'A request cannot be made after today.' },
  'variances.same-kind': {
    kind: 'refused',
    says: 'The kind of a request stays. Withdraw this one and take a new request.',
  },
  'variances.above-level': { kind: 'refused', says: '{says}' },
  'variances.own-proposal': {
    kind: 'refused',
    says: '{who} proposed it: somebody else of the same or a higher level decides (AUTH-025).',
  },
  'variances.own-denial': {
    kind: 'refused',
    says: 'Whoever denied a request does not keep the decision on its appeal (AUTH-025).',
  },
  'variances.not-eligible': { kind: 'refused', says: '{code}: {says}' },
  'variances.evidence-missing': {
    kind: 'refused',
    says: '{code}: {says} Ask the customer for it, or deny the request.',
  },
  'variances.appeal-late': {
    kind: 'refused',
    says: 'An appeal is written within {days} days of the denial, which was on {on} (WB-040).',
  },
  'variances.nothing-to-end': { kind: 'refused', says: 'Nothing of this variance counts on that day.' },
  'variances.end-in-past': {
    kind: 'invalid',
    says: 'A variance ends today or later. What false information gave on past bills is billed again (WB-037).',
  },
  'variances.private': {
    kind: 'forbidden',
    says: 'The facts of a medical request are for the Advisors and above. Hand it to one of them.',
  },
})
