import { declareErrors } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'desk.no-task': { kind: 'missing', says: 'There is no such task.' },
  'desk.no-account': { kind: 'missing', says: 'There is no such account.' },
  'desk.no-person': {
    kind: 'missing',
    says: 'There is nobody with this number who works at the desk now. Choose somebody from the list.',
  },
  'desk.task-changed': {
    kind: 'conflict',
    says: '{who} was faster: the task was {what} in the meantime. Look at it again.',
  },
  'desk.task-done': { kind: 'conflict', says: '{who} closed this task already.' },
  'desk.task-open': { kind: 'conflict', says: 'This task is open; there is nothing to reopen.' },
  'desk.not-yours': {
    kind: 'forbidden',
    says: 'This task is with {owner}. Add a remark, or ask {owner} or the supervisor to hand it over.',
  },
  'desk.queue-above-you': {
    kind: 'forbidden',
    says: 'Work of the queue {queue} is for {level} and above.',
  },
  'desk.own-work': { kind: 'refused', says: 'Somebody else must look at this: it is your own work.' },
  'desk.junior': {
    kind: 'refused',
    says: 'An approval is for somebody of the same or a higher level (AUTH-025). Hand the task on.',
  },
  'desk.closes-itself': {
    kind: 'refused',
    says: 'Decide it where it was asked, on the customer’s card or the people’s page; this task closes by itself then.',
  },
  'desk.wrong-outcome': { kind: 'refused', says: 'A task of this kind ends with: {outcomes}.' },
  'desk.not-a-question': {
    kind: 'refused',
    says: 'Only a question can be answered. Close the task instead.',
  },
  'desk.own-question': { kind: 'refused', says: 'This is your own question; close it when it is settled.' },
  'desk.nobody-to-return-to': {
    kind: 'refused',
    says: 'Nobody handed this task over, so it cannot go back. Refer it to a queue or a person instead.',
  },
  'desk.reason-missing': {
    kind: 'refused',
    says: 'Say why you refer this: the reason is kept with the task.',
  },
  'desk.due-in-past': { kind: 'refused', says: 'The date {on} is past. Choose today or a later day.' },
  'desk.due-too-far': {
    kind: 'refused',
    says: 'The date {on} is more than a year away. Choose an earlier day.',
  },
  'desk.other-list': {
    kind: 'invalid',
    says: 'With {field} the list is that of={of}; of={asked} does not look at it. Send of={of}, or leave {field} out.',
  },
  'desk.which': { kind: 'invalid', says: 'Say which {what} the list is of.' },
  'desk.supervisors-only': {
    kind: 'forbidden',
    says: 'Other people’s work is shown to supervisors. Ask for your own, a queue’s or an account’s.',
  },
  'desk.no-alert': { kind: 'missing', says: 'There is no such alert on this account.' },
  'desk.alert-cleared': { kind: 'conflict', says: '{who} took this alert away already.' },
  'desk.no-hold': { kind: 'missing', says: 'There is no such hold on this account.' },
  'desk.hold-lifted': { kind: 'conflict', says: '{who} lifted this hold already.' },
  'desk.hold-there': {
    kind: 'conflict',
    says: '{who} placed a hold for the same reason already. Lift it first when its dates change.',
  },
  'desk.dates-out-of-order': {
    kind: 'refused',
    says: 'It ends before it begins: {until} is not after {from}.',
  },
})
