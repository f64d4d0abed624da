/**
 * Investigations: research into a high bill. Likely causes ranked with the evidence for and against, the next best
 * question, the guided leak check, orders and the finding. Owns schema `investigations`; evidence is never changed.
 */
import { defineModule } from '../../platform/module.ts'
import { investigations as contract } from './contract.ts'
import { answers } from './routes.ts'

export { type CauseRanking, rankCauses } from './queries/ranking.ts'
export { getInvestigation, type InvestigationView } from './queries/view.ts'

export const investigations = defineModule({ name: 'investigations', contract, answers })
