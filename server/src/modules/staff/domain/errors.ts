import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'staff.sign-in-refused': {
    kind: 'unauthenticated',
    says: 'Login or password is not right.',
    keeps: true,
  },
  'staff.code-refused': {
    kind: 'unauthenticated',
    says: 'The code is not right or was used already. Wait for the next one and check the clock of your phone.',
    keeps: true,
  },
  'staff.password-wrong': {
    kind: 'refused',
    says: 'Your current password is not right.',
    keeps: true,
  },
  'staff.slow-down': { kind: 'busy', says: 'Too many tries. Try again in {seconds} seconds.' },
  'staff.password-weak': { kind: 'refused', says: '{why}' },
  'staff.second-factor-on': {
    kind: 'conflict',
    says: 'The second factor is on already. Your supervisor can reset your sign-in when the phone is lost.',
  },
  'staff.no-enrolment': {
    kind: 'refused',
    says: 'No second factor waits for its first code. Begin by showing the secret.',
  },
  'staff.login-taken': { kind: 'conflict', says: 'Somebody else signs in as {login}. Choose another login.' },
  'staff.nothing-to-do': { kind: 'refused', says: 'A person needs a level or at least one role.' },
  'staff.no-person': { kind: 'missing', says: 'There is no such person.' },
  'staff.not-yourself': {
    kind: 'refused',
    says: 'This must be done by somebody else: nobody changes their own rights.',
  },
  'staff.already-disabled': { kind: 'conflict', says: '{name} is disabled already: {reason}' },
  'staff.not-disabled': { kind: 'conflict', says: '{name} is not disabled.' },
  'staff.already-declared': { kind: 'conflict', says: 'You have declared this customer already.' },
  'staff.no-customer': { kind: 'missing', says: 'There is no such customer.' },
  'staff.own-account': {
    kind: 'forbidden',
    says: 'You declared that this customer is you or close to you. Somebody else must do this: hand it to a colleague, or ask your supervisor (AUTH-023).',
  },
})
