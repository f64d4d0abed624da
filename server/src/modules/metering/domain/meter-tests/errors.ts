import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'metering.test-incomplete': {
    kind: 'refused',
    says: 'A meter test needs a run at the low, the intermediate and the high flow; missing: {missing}.',
  },
  'metering.test-no-water': {
    kind: 'refused',
    says: 'The run at the {point} flow says that no water went through the meter. Enter what the tank measured.',
  },
  'metering.no-test': { kind: 'missing', says: 'There is no such meter test.' },
  'metering.test-place': {
    kind: 'refused',
    says: 'This account is not served at this meter. Order the test from the account that is.',
  },
  'metering.test-no-account': {
    kind: 'invalid',
    says: 'A customer asks for a test of the meter of an account; name the account.',
  },
  'metering.test-on-order': {
    kind: 'refused',
    says: 'A test of this meter is ordered already (order {order}). Its result stands on its page.',
  },
  'metering.test-notice': {
    kind: 'refused',
    says: 'Whoever wants to attend gets a week’s notice: not before {earliest} (MTR-009).',
  },
  'metering.test-in-future': { kind: 'refused', says: 'A test cannot be dated {on}, after today.' },
  'metering.test-before-order': {
    kind: 'refused',
    says: 'This test was ordered on {orderedOn}; it cannot have been made on {on}.',
  },
  'metering.test-has-result': {
    kind: 'refused',
    says: 'This test has a result already, entered by {by}. Void it with a reason if it is wrong, then enter the right one.',
  },
  'metering.no-test-result': { kind: 'missing', says: 'This test has no such result.' },
  'metering.test-voided': { kind: 'refused', says: 'This result is void already.' },
})
