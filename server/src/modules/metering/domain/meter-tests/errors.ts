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
})
