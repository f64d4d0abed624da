import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { changeCustomer, makeCustomer, markMailReturned } from './commands/change.ts'
import {
  addAuthorized,
  askToLift,
  decideProtection,
  placeProtection,
  reveal,
  revokeAuthorized,
  setSecret,
} from './commands/guard.ts'
import type { customers } from './contract.ts'
import { getCustomer, listAccess, listFormer, listProtectionsWaiting, listVerifications } from './queries.ts'

export const answers: Answers<typeof customers, Ctx> = {
  getCustomer,
  listFormer,
  makeCustomer,
  changeCustomer,
  markMailReturned,
  addAuthorized,
  revokeAuthorized,
  setSecret,
  placeProtection,
  decideProtection,
  askToLift,
  listProtectionsWaiting,
  reveal,
  listAccess,
  listVerifications,
}
