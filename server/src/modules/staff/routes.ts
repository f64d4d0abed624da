import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { changePassword, resetSignIn } from './commands/passwords.ts'
import { createPerson, declareInterest, disablePerson } from './commands/people.ts'
import { changeRoles, decideProposal, enablePerson, takeSecondFactor } from './commands/rights.ts'
import { confirmSecondFactor, enrolSecondFactor, removeSecondFactor } from './commands/second-factor.ts'
import { signIn, signOut } from './commands/sign-in.ts'
import type { staff } from './contract.ts'
import { getMe, listInterests, listLimits, listPeople, listProposals } from './queries.ts'

export const answers: Answers<typeof staff, Ctx> = {
  signIn,
  signOut,
  getMe,
  changePassword,
  enrolSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  listPeople,
  createPerson,
  changeRoles,
  resetSignIn,
  takeSecondFactor,
  listProposals,
  decideProposal,
  disablePerson,
  enablePerson,
  listLimits,
  declareInterest,
  listInterests,
}
