import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'metering.no-meter': { kind: 'missing', says: 'There is no such meter. Search for its serial number.' },
  'metering.no-read': { kind: 'missing', says: 'This meter has no such read.' },
  'metering.meter-unknown': {
    kind: 'missing',
    says: 'No meter has the serial number {serial}. Check the plate, or add the new meter first.',
  },
  'metering.no-meter-here': { kind: 'missing', says: 'No meter hangs at this service point on {on}.' },
  'metering.not-installed': {
    kind: 'refused',
    says: 'Meter {serial} hung nowhere on {readOn}, so it cannot be read for that day.',
  },
  'metering.read-in-future': { kind: 'refused', says: 'A read cannot be dated {readOn}, after today.' },
  'metering.read-before-installation': {
    kind: 'refused',
    says: 'Meter {serial} was hung on {installedOn}; a read of {readOn} would be before that.',
  },
  'metering.read-after-removal': {
    kind: 'refused',
    says: 'Meter {serial} was taken out on {removedOn}; a read of {readOn} would be after that.',
  },
  'metering.read-too-long': {
    kind: 'refused',
    says: 'Register {registerNo} has {dials} dials; {value} has more digits. Read it again from the left.',
  },
  'metering.registers-incomplete': {
    kind: 'refused',
    says: 'This meter has the registers {needed}: give the value of each, once.',
  },
  'metering.read-twice': {
    kind: 'conflict',
    says: 'This meter already has a read of {readOn}: {value} ({kind}). Void that one first if it is wrong.',
  },
  // VEE-008, VEE-009
  'metering.read-below-last': {
    kind: 'refused',
    says: '{value} is below the last read, {last} of {lastOn}. Nothing was saved. Either the register passed zero: that would be {rolloverGallons} gallons, against {expected}. Or one of the two was misread: look again, and void the wrong one. Or another meter hangs there: enter the exchange; it has measured {exchangeGallons} gallons.',
  },
  'metering.read-above-next': {
    kind: 'refused',
    says: '{value} is above the next read, {next} of {nextOn}. Nothing was saved. Check the value and the date, or void the later read if that one is wrong.',
  },
  // VEE-011
  'metering.read-unusual': {
    kind: 'refused',
    says: 'That would be {units} {unit} ({gallons} gallons) in {days} days; about {expectedGallons} gallons were to be expected. Nothing was saved. Look at the dial again. If it does show this, confirm it: the read is kept, and billing gets a task to look at it before it is billed.',
  },
  'metering.read-voided': { kind: 'conflict', says: 'This read has been voided already.' },
  'metering.read-of-exchange': {
    kind: 'refused',
    says: 'This value belongs to a meter exchange. Ask a senior advisor to correct the exchange.',
  },
  'metering.estimate-not-allowed': {
    kind: 'forbidden',
    says: 'Your level may not enter an estimated read (AUTH-016). Ask an advisor.',
  },
  'metering.serial-taken': {
    kind: 'conflict',
    says: 'A meter with the serial number {serial} is on record already.',
  },
  'metering.made-in-future': {
    kind: 'refused',
    says: 'A meter cannot have been made on {madeOn}, after today.',
  },
  'metering.registers-unlike': {
    kind: 'refused',
    says: 'A compound meter has two registers, numbered 1 and 2; every other meter has one, numbered 1.',
  },
  'metering.meter-elsewhere': {
    kind: 'conflict',
    says: 'Meter {serial} hangs at another service point on that day. Check the plate, or take it out there first.',
  },
  'metering.same-meter': {
    kind: 'refused',
    says: 'Meter {serial} is the one that hangs here already. Check the plate of the new one.',
  },
  'metering.exchange-in-future': { kind: 'refused', says: 'An exchange cannot be dated {on}, after today.' },
  'metering.exchange-too-early': {
    kind: 'refused',
    says: 'The meter here was hung on {installedOn}; it can be exchanged on a later day only.',
  },
  'metering.exchange-before-reads': {
    kind: 'refused',
    says: 'The old meter was read on {readOn}, after the exchange on {on}. Check the date, or void that read.',
  },
  'metering.out-read-needed': {
    kind: 'refused',
    says: 'The last value of this meter cannot be estimated: {why}. Give what its registers showed.',
  },
  'metering.file-twice': {
    kind: 'conflict',
    says: 'This content was loaded on {at} by {by} as {name}. Nothing was read twice.',
  },
  'metering.file-loading': {
    kind: 'conflict',
    says: 'This content is being loaded right now by {by} as {name}. Wait for its end.',
  },
  'metering.file-refused': {
    kind: 'refused',
    says: '{name} was not taken: {problem} Nothing of it was kept.',
  },
  'metering.file-cancelled': {
    kind: 'refused',
    says: 'The loading of {name} was stopped. Nothing of it was kept.',
  },
  'metering.no-zone': {
    kind: 'invalid',
    says: "'{zone}' is no time zone. Write it like America/Los_Angeles.",
  },
  'metering.no-use': { kind: 'missing', says: 'There is no use on record for these days.' },
  'metering.dates-reversed': {
    kind: 'invalid',
    says: 'The last day lies before the first one, or more than two years after it.',
  },
  'metering.no-file': { kind: 'missing', says: 'There is no such file of reads.' },
  'metering.file-ended': { kind: 'conflict', says: 'This file is not being loaded any more.' },
  'metering.no-exception': { kind: 'missing', says: 'There is no such exception.' },
  'metering.exception-changed': {
    kind: 'conflict',
    says: 'Somebody else worked on this exception a moment ago. Look at it again before you decide.',
  },
  'metering.exception-decided': {
    kind: 'conflict',
    says: '{by} has decided this exception already: {decision}.',
  },
  'metering.value-needed': {
    kind: 'refused',
    says: 'A correction needs what the dial really showed. Type the value.',
  },
  'metering.negative-stands': {
    kind: 'refused',
    says: 'Use below zero is never billed (VEE-009): correct the read, say that the register passed zero, or estimate.',
  },
  'metering.no-read-to-judge': {
    kind: 'refused',
    says: 'This exception was found in hours, not in a read: accept it, or send somebody to look.',
  },
  'metering.estimate-not-possible': {
    kind: 'refused',
    says: 'No estimate can be made: {why}. Order a re-read instead.',
  },
  'metering.no-book': { kind: 'missing', says: 'There is no such read book.' },
  'metering.round-open': {
    kind: 'refused',
    says: '{blocking} reads of this book still block billing. Decide them first.',
  },
  'metering.round-closed': { kind: 'conflict', says: 'This reading was closed already.' },
  'metering.missing-changed': {
    kind: 'conflict',
    says: '{missing} meters are missing now, not the number you saw. Look at them again before you close.',
  },
  'metering.limits-unlike': {
    kind: 'refused',
    says: 'Rule {rule} has the limits {needed}; give each of them a number.',
  },
})
