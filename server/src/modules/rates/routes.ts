import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { publishVersion } from './commands.ts'
import type { rates } from './contract.ts'
import { checkTariff, evaluateTariff, getVersion, listTariffs } from './queries.ts'

export const answers: Answers<typeof rates, Ctx> = {
  listTariffs,
  getVersion,
  checkTariff,
  publishVersion,
  evaluateTariff,
}
