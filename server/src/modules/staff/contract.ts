import { freeLine, freeText } from '@curbstop/kernel/card-numbers'
import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { isReadable } from '@curbstop/kernel/text'
import { z } from 'zod'
import {
  firstPassword,
  interest,
  level,
  limitRow,
  me,
  personRow,
  proposalId,
  proposalRow,
  role,
  signedIn,
} from './contract/rows.ts'

export * from './contract/rows.ts'

const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{2,79}$/, '3 to 80 letters, digits, dots, dashes or @')
/** Never trimmed: a blank may be part of it. Bounded, because hashing costs. */
const password = z.string().min(1, 'is empty').max(200, 'at most 200 characters')
const code = z
  .string()
  .overwrite(text => text.replaceAll(' ', ''))
  .regex(/^\d{6}$/, 'the six digits of the app')
const name = freeLine(120)
const reason = freeText(500, 4)
const personId = idCodec<'person'>()
const onePerson = z.strictObject({ personId, reason })

// What holds a password or a secret is keyless: nothing about it may stay in the table of answered requests.
export const staff = {
  signIn: endpoint({
    method: 'POST',
    path: '/staff/sign-in',
    may: { anyone: 'public' },
    says: 'Begins a session with login, password and, where it is on, the code of the second factor',
    input: z.strictObject({
      login: z
        .string()
        .trim()
        .toLowerCase()
        .max(80)
        .refine(isReadable, 'holds characters that cannot be shown'),
      password,
      code: code.optional(),
    }),
    output: signedIn,
    errors: [
      'staff.sign-in-refused',
      'staff.code-refused',
      'staff.slow-down',
      'staff.first-password-over',
      'staff.not-confirmed',
    ],
    keyless: true,
  }),
  signOut: endpoint({
    method: 'POST',
    path: '/staff/sign-out',
    may: { anyone: 'signed-in' },
    says: 'Ends the session',
    input: z.strictObject({}),
    output: z.object({ signedOut: z.literal(true) }),
    keyless: true,
    withFirstPassword: true,
  }),
  getMe: endpoint({
    method: 'GET',
    path: '/staff/me',
    may: { anyone: 'signed-in' },
    says: 'Who is signed in, and what they may do',
    input: z.strictObject({}),
    output: me,
    withFirstPassword: true,
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/staff/password',
    may: { anyone: 'signed-in' },
    says: 'Changes the own password and ends the other sessions',
    input: z.strictObject({ currentPassword: password, newPassword: password }),
    output: z.object({ changed: z.literal(true) }),
    errors: [
      'staff.password-wrong',
      'staff.password-weak',
      'staff.password-same',
      'staff.first-password-over',
      'staff.slow-down',
    ],
    keyless: true,
    withFirstPassword: true,
  }),
  enrolSecondFactor: endpoint({
    method: 'POST',
    path: '/staff/second-factor/enrol',
    may: { anyone: 'signed-in' },
    says: 'Gives a secret for an authenticator app; it counts after its first code',
    input: z.strictObject({ password }),
    output: z.object({ secret: z.string(), uri: z.string() }),
    errors: ['staff.second-factor-on', 'staff.password-wrong', 'staff.slow-down'],
    keyless: true,
  }),
  confirmSecondFactor: endpoint({
    method: 'POST',
    path: '/staff/second-factor/confirm',
    may: { anyone: 'signed-in' },
    says: 'Turns the second factor on with its first code',
    input: z.strictObject({ code }),
    output: z.object({ secondFactor: z.literal('on') }),
    errors: ['staff.no-enrolment', 'staff.code-refused', 'staff.slow-down'],
    keyless: true,
  }),
  removeSecondFactor: endpoint({
    method: 'POST',
    path: '/staff/second-factor/remove',
    may: { anyone: 'signed-in' },
    says: 'Takes the own second factor off with the password and a code of the app, and ends the other sessions',
    input: z.strictObject({ password, code }),
    output: z.object({ secondFactor: z.literal('off') }),
    errors: ['staff.no-factor', 'staff.password-wrong', 'staff.code-refused', 'staff.slow-down'],
    keyless: true,
  }),
  listPeople: endpoint({
    method: 'GET',
    path: '/staff/people',
    may: 'staff.see',
    says: 'People of the district, for assigning work',
    input: z.strictObject({
      words: z.string().trim().max(80).optional(),
      show: z.enum(['working', 'all']).default('working'),
    }),
    output: z.array(personRow),
  }),
  createPerson: endpoint({
    method: 'POST',
    path: '/staff/people',
    may: 'staff.manage',
    says: 'Adds a person and answers with a first password to hand over. Rights that decide wait for a second person',
    input: z.strictObject({
      login,
      name,
      level: level.nullable(),
      roles: z.array(role).max(8).default([]),
      reason,
    }),
    output: z.object({ personId, first: firstPassword, waits: z.boolean() }),
    errors: ['staff.login-taken', 'staff.nothing-to-do'],
    keyless: true,
  }),
  changeRoles: endpoint({
    method: 'POST',
    path: '/staff/people/:personId/roles',
    may: 'staff.manage',
    says: 'Gives a person another level or other roles from the next request on. Rights that decide are proposed: a second person confirms them',
    input: z.strictObject({ personId, level: level.nullable(), roles: z.array(role).max(8), reason }),
    output: personRow,
    errors: ['staff.no-person', 'staff.not-yourself', 'staff.nothing-to-do', 'staff.proposed-already'],
  }),
  resetSignIn: endpoint({
    method: 'POST',
    path: '/staff/people/:personId/reset-sign-in',
    may: 'staff.manage',
    says: 'Answers with a first password to hand over, ends all sessions of a person and tells them. The second factor stays',
    input: onePerson,
    output: z.object({ person: personRow, first: firstPassword }),
    errors: ['staff.no-person', 'staff.not-yourself'],
    keyless: true,
  }),
  takeSecondFactor: endpoint({
    method: 'POST',
    path: '/staff/people/:personId/second-factor/off',
    may: 'staff.manage',
    says: 'For a lost phone: takes a person’s second factor off and ends their sessions. Of whoever decides it is proposed: a second person confirms it',
    input: onePerson,
    output: personRow,
    errors: ['staff.no-person', 'staff.not-yourself', 'staff.no-factor', 'staff.proposed-already'],
  }),
  listProposals: endpoint({
    method: 'GET',
    path: '/staff/proposals',
    may: 'staff.manage',
    says: 'What was proposed for people and waits for a second person (AUTH-025)',
    input: z.strictObject({}),
    output: z.array(proposalRow),
  }),
  decideProposal: endpoint({
    method: 'POST',
    path: '/staff/proposals/:proposalId/decide',
    may: 'staff.manage',
    says: 'The second person confirms or declines what was proposed for somebody; the proposer takes it back',
    input: z.strictObject({ proposalId, confirm: z.boolean(), reason }),
    output: personRow,
    errors: [
      'staff.no-proposal',
      'staff.decided-already',
      'staff.second-person',
      'staff.not-yourself',
      'staff.reset-between',
    ],
  }),
  disablePerson: endpoint({
    method: 'POST',
    path: '/staff/people/:personId/disable',
    may: 'staff.manage',
    says: 'Shuts a person out at once: every session ends',
    input: onePerson,
    output: personRow,
    errors: ['staff.no-person', 'staff.not-yourself', 'staff.already-disabled'],
  }),
  enablePerson: endpoint({
    method: 'POST',
    path: '/staff/people/:personId/enable',
    may: 'staff.manage',
    says: 'Lets a disabled person sign in again; whoever decides, only when a second person confirms it',
    input: onePerson,
    output: personRow,
    errors: ['staff.no-person', 'staff.not-yourself', 'staff.not-disabled', 'staff.proposed-already'],
  }),
  listLimits: endpoint({
    method: 'GET',
    path: '/staff/limits',
    may: 'staff.see',
    says: 'Authority of every level in force on a date (AUTH-001 to AUTH-029)',
    input: z.strictObject({ on: localDateSchema.optional() }),
    output: z.array(limitRow),
  }),
  declareInterest: endpoint({
    method: 'POST',
    path: '/staff/interests',
    may: { anyone: 'signed-in' },
    says: 'Declares the own or a relative’s customer record, on which one may not act (AUTH-023)',
    input: z.strictObject({ customerId: idCodec<'customer'>(), relation: freeLine(80, 2) }),
    output: z.object({ declared: z.literal(true) }),
    errors: ['staff.already-declared', 'staff.no-customer'],
  }),
  listInterests: endpoint({
    method: 'GET',
    path: '/staff/interests',
    may: { anyone: 'signed-in' },
    says: 'What one has declared oneself',
    input: z.strictObject({}),
    output: z.array(interest),
  }),
}
