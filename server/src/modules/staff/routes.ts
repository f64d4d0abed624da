import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import {
  changePassword,
  changeRoles,
  createPerson,
  declareInterest,
  disablePerson,
  enablePerson,
  resetSignIn,
} from './commands/people.ts'
import { confirmSecondFactor, enrolSecondFactor } from './commands/second-factor.ts'
import { signIn, signOut } from './commands/sign-in.ts'
import type { staff } from './contract.ts'
import { getMe, listInterests, listLimits, listPeople } from './queries.ts'

export const answers: Answers<typeof staff, Ctx> = {
  signIn,
  signOut,
  getMe,
  changePassword,
  enrolSecondFactor,
  confirmSecondFactor,
  listPeople,
  createPerson,
  changeRoles,
  resetSignIn,
  disablePerson,
  enablePerson,
  listLimits,
  declareInterest,
  listInterests,
}
