import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { addHazard, changePremise, changeServicePoint, endHazard } from './commands.ts'
import type { premises } from './contract.ts'
import { findPremises, getPremise } from './queries.ts'

export const answers: Answers<typeof premises, Ctx> = {
  getPremise,
  findPremises,
  changePremise,
  changeServicePoint,
  addHazard,
  endHazard,
}
