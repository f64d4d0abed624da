/**
 * Policy: the district's dated rules with their citation, its facts, its business calendar.
 * Owns schema `policy`. Every automatic decision asks here for the rule in force and keeps the version it used.
 */
import { defineModule } from '../../platform/module.ts'
import { policy as contract } from './contract.ts'
import { answers } from './routes.ts'

export { supersedeRule } from './commands.ts'
export {
  addBusinessDays,
  type Calendar,
  type District,
  isOpen,
  nextOpenDay,
  numberOf,
  type Rule,
  type RuleBook,
  ruleOf,
} from './domain.ts'
export { getCalendar, getDistrict, getRuleBook, getRuleVersions } from './queries.ts'

export const policy = defineModule({ name: 'policy', contract, answers })
