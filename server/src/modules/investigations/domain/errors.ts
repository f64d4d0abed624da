import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'investigations.unknown-account': { kind: 'missing', says: 'There is no such account.' },
  'investigations.unknown': { kind: 'missing', says: 'This account has no such investigation.' },
  'investigations.no-bill': {
    kind: 'refused',
    says: 'This account has no bill yet, so there is nothing to investigate. Explain the reads instead.',
  },
  'investigations.already-closed': {
    kind: 'conflict',
    says: '{who} closed this case on {on} with the finding “{finding}”. Open a new one if there is news.',
  },
  'investigations.changed': {
    kind: 'conflict',
    says: 'Somebody added to this case since you opened it: {last}. Look at it again before you close it.',
  },
  'investigations.unknown-question': { kind: 'invalid', says: 'The library has no question “{question}”.' },
  'investigations.unknown-answer': {
    kind: 'invalid',
    says: '“{answer}” is no answer here. Possible: {known}.',
  },
  'investigations.unknown-cause': {
    kind: 'invalid',
    says: '“{cause}” is not a cause of the library (LEAK-025). Choose one of the list.',
  },
  'investigations.reads': { kind: 'invalid', says: 'These cannot be the two reads: {problem}.' },
  'investigations.steps-open': {
    kind: 'refused',
    says: 'The case cannot be closed before its steps are done (LEAK-001). Missing: {missing}.',
  },
  'investigations.no-premise': {
    kind: 'refused',
    says: 'No water service is active on this account, so there is no place to send anybody to.',
  },
})
