import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { cancelOccupancyChange } from './commands/cancel.ts'
import { changeEnrolment, changeHousehold, recordOwner } from './commands/details.ts'
import { changeOccupancy } from './commands/stop.ts'
import type { accounts } from './contract/index.ts'
import { getCard } from './queries/card.ts'
import { getOccupancy } from './queries/occupancy.ts'
import { searchAccounts } from './queries/search.ts'

export const answers: Answers<typeof accounts, Ctx> = {
  searchAccounts,
  getAccountCard: getCard,
  getOccupancy,
  changeOccupancy,
  cancelOccupancyChange,
  changeHousehold,
  changeEnrolment,
  recordOwner,
}
