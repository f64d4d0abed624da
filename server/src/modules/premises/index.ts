/**
 * Premises: service addresses and what is in the ground there (service points, turn-off points, books, hazards). They
 * outlive every customer and say nothing about who lives there. Owns schema `premises`.
 */
import { defineModule } from '../../platform/module.ts'
import { premises as contract } from './contract.ts'
import { answers } from './routes.ts'

export { changeArea, turnServicePoint } from './commands.ts'
export { formatAddress, type ServiceAddress } from './domain/address.ts'
export { refuseFindable } from './queries/findable.ts'
export {
  type AreaChange,
  getPremiseCard,
  listAreaChanges,
  listBooks,
  listNeighbourPoints,
  listPointFacts,
  listPointsOfBook,
  listPremiseCards,
  listPremiseLines,
  type PremiseCard,
} from './queries.ts'
export type { BookFacts, PointFacts } from './store.ts'

export const premises = defineModule({ name: 'premises', contract, answers })
