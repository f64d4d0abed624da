/**
 * Variances: water-budget requests from the counter to the letter, and every dated input of the water budget that
 * they give. Billing asks here for the budget of its days; nobody else composes one. Owns schema `variances`.
 */
import { defineModule } from '../../platform/module.ts'
import { variances as contract } from './contract/index.ts'
import { jobs, listens, schedule } from './jobs.ts'
import { answers } from './routes.ts'

export { type BudgetFacts, type BudgetInputs, composeBudget, type Draft, type Grant } from './domain/index.ts'
export { budgetInputsOf, getBudgetFacts, listBudgetGrants, listCreditAccounts } from './queries/budget.ts'
export { getVarianceCard } from './queries/card.ts'
export { judgeDraft } from './queries/judging.ts'

export const variances = defineModule({ name: 'variances', contract, answers, jobs, listens, schedule })
