/** Every pack's rules, as the sample district adopts them. */
import { accountsRules } from './accounts.ts'
import { billingRules } from './billing.ts'
import { contactsRules } from './contacts.ts'
import { customersRules } from './customers.ts'
import { fieldworkRules } from './fieldwork.ts'
import { investigationsRules } from './investigations.ts'
import { ledgerRules } from './ledger.ts'
import { meteringRules } from './metering.ts'
import type { PackRule } from './pack.ts'
import { premisesRules } from './premises.ts'
import { variancesRules } from './variances.ts'

export const packs: readonly PackRule[] = [
  ...accountsRules,
  ...billingRules,
  ...contactsRules,
  ...customersRules,
  ...fieldworkRules,
  ...investigationsRules,
  ...ledgerRules,
  ...meteringRules,
  ...premisesRules,
  ...variancesRules,
]
