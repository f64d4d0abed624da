/** Every pack's rules, as the sample district adopts them. */
import { accountsRules } from './accounts.ts'
import { contactsRules } from './contacts.ts'
import { customersRules } from './customers.ts'
import { ledgerRules } from './ledger.ts'
import type { PackRule } from './pack.ts'
import { premisesRules } from './premises.ts'

export const packs: readonly PackRule[] = [
  ...accountsRules,
  ...contactsRules,
  ...customersRules,
  ...ledgerRules,
  ...premisesRules,
]
