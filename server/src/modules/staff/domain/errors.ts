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
    says: 'The second factor is on already. Take it off on your own page, or ask your supervisor when the phone is lost.',
  },
  'staff.no-factor': { kind: 'refused', says: 'No second factor is on.' },
  'staff.password-same': {
    kind: 'refused',
    says: 'This is the password you have. Choose another one: somebody else may know it.',
  },
  'staff.first-password-over': {
    kind: 'unauthenticated',
    says: 'This first password was not used in time. Ask your supervisor for another one.',
  },
  'staff.not-confirmed': {
    kind: 'unauthenticated',
    says: 'You can sign in as soon as a second person has confirmed your rights. {who} asked for them.',
  },
  'staff.proposed-already': {
    kind: 'conflict',
    says: '{who} proposed this for {name} already. It is confirmed, declined or taken back before another is made.',
  },
  'staff.no-proposal': { kind: 'missing', says: 'There is no such proposal.' },
  'staff.decided-already': { kind: 'conflict', says: '{who} decided on this already: {decision}.' },
  'staff.second-person': {
    kind: 'refused',
    says: 'Whoever asked for this may not confirm it: somebody else must (AUTH-025).',
  },
  'staff.reset-between': {
    kind: 'refused',
    says: '{giver} gave {holder} a password on {at}. Until {until} neither confirms what the other asked for: ask somebody else (AUTH-028).',
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
