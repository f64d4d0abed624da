import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'billing.unknown-bill': { kind: 'missing', says: 'This account has no such bill.' },
  'billing.no-bill': {
    kind: 'refused',
    says: 'This account has no bill yet, so there is nothing to compare a “what if” with.',
  },
  'billing.nothing-served': {
    kind: 'refused',
    says: 'No service is active on this account after {from}, so there is nothing to bill.',
  },
  'billing.closed-and-billed': {
    kind: 'refused',
    says: 'The account closed on {on} and its final bill is made. Corrections are adjustments, not bills.',
  },
  'billing.read-in-doubt': {
    kind: 'refused',
    says: 'The read of {on} is in doubt ({rule}) and nobody has judged it yet. Decide it in the read book, then bill.',
  },
  'billing.no-read': {
    kind: 'refused',
    says: 'There is no read after {from} at {point} that could be billed. Enter a read or order one.',
  },
  'billing.read-on-order': {
    kind: 'refused',
    says: 'The final read is still to come: order {order} ({name}) brings it. Bill when the order is completed. If you have the read already, enter it.',
  },
  'billing.read-being-taken': {
    kind: 'refused',
    says: 'Order {order} was completed just now, and its read is being written. Try again in a moment.',
  },
  'billing.reads-apart': {
    kind: 'refused',
    says: 'The meters of this account were last read on different days ({days}). Enter the missing read, or bill up to {first}.',
  },
  'billing.read-in-review': {
    kind: 'refused',
    says: 'The read of {on} at {point} cannot be billed: {problem} (VEE-009). Void it or enter the right one first.',
  },
  'billing.opening-read': {
    kind: 'refused',
    says: 'The last bill ended with the read of {on} at {point}, and that read was changed since: {problem}. Billing on would charge water twice or not at all. Restore the read, or have the last bill corrected first.',
  },
  'billing.no-read-like-this': { kind: 'missing', says: 'This meter has no such read.' },
  'billing.read-billed': {
    kind: 'refused',
    says: 'Bills were made with the read of {on}. {which} Nothing was voided. A bill that went out does not change by itself, and the next one waits until billing has corrected it. Confirm that you know: the read is voided, billing gets the task, and the account shows it.',
  },
  'billing.too-soon': {
    kind: 'refused',
    says: 'Only {days} days have passed since the last bill (to {from}). A regular bill covers at least {least}; a final bill may be shorter.',
  },
  'billing.in-future': { kind: 'invalid', says: 'A bill cannot reach beyond today ({today}).' },
  'billing.already-billed': {
    kind: 'conflict',
    says: 'Somebody has just billed this account from {from}. Reload it to see the bill.',
  },
  'billing.on-hold': {
    kind: 'refused',
    says: 'Billing of this account is on hold: {reason}. Lift the hold before you bill it.',
  },
  'billing.no-tariff': {
    kind: 'refused',
    says: 'No version of the tariff “{tariff}” is in force on {on}. Publish one that covers the period.',
  },
  'billing.scenario': { kind: 'invalid', says: 'Scenario “{name}”: {problem}.' },
  'billing.other-figures': {
    kind: 'refused',
    says: 'Nothing is sent: the figures of this message are not those of the bills ({what}). Reload the page and send it again.',
  },
  'billing.meter-no-result': {
    kind: 'refused',
    says: 'This test has no result that stands. Nothing follows from it until somebody enters one.',
  },
  'billing.meter-not-theirs': {
    kind: 'missing',
    says: 'This account was never served by the meter that was tested.',
  },
  'billing.meter-changed': {
    kind: 'conflict',
    says: 'The result or the bills changed since this page was shown. Nothing was posted. Reload it and look again.',
  },
  'billing.meter-decided': {
    kind: 'conflict',
    says: '{who} has decided this test already. Nothing was posted twice.',
  },
  'billing.meter-above-level': { kind: 'forbidden', says: '{says}' },
  'billing.meter-own-result': {
    kind: 'forbidden',
    says: 'You entered this result yourself; the money that follows from it is decided by somebody else (AUTH-025).',
  },
  'billing.meter-own-proposal': {
    kind: 'forbidden',
    says: '{who} proposed this. Somebody else, of no lower level, decides it (AUTH-025).',
  },
  'billing.meter-nothing': {
    kind: 'refused',
    says: 'No money follows from this test, so there is nothing to propose or to waive. Send the result.',
  },
  'billing.meter-refund-owed': {
    kind: 'refused',
    says: 'A refund is owed and cannot be waived. If the result is wrong, void it with a reason.',
  },
})
