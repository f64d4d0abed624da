/**
 * The only wiring: the modules in dependency order. A module may ask only modules before it in this list; news
 * travels the other way as events. `tools/tidy.test.ts` reads `moduleOrder`.
 */

import { accounts } from './modules/accounts/index.ts'
import { billing } from './modules/billing/index.ts'
import { contacts } from './modules/contacts/index.ts'
import { correspondence } from './modules/correspondence/index.ts'
import { customers } from './modules/customers/index.ts'
import { desk } from './modules/desk/index.ts'
import { fieldwork } from './modules/fieldwork/index.ts'
import { investigations } from './modules/investigations/index.ts'
import { ledger } from './modules/ledger/index.ts'
import { metering } from './modules/metering/index.ts'
import { payments } from './modules/payments/index.ts'
import { policy } from './modules/policy/index.ts'
import { premises } from './modules/premises/index.ts'
import { rates } from './modules/rates/index.ts'
import { reports } from './modules/reports/index.ts'
import { staff } from './modules/staff/index.ts'
import { variances } from './modules/variances/index.ts'
import type { Module } from './platform/module.ts'

export const moduleOrder = [
  'staff',
  'policy',
  'customers',
  'premises',
  'ledger',
  'rates',
  'correspondence',
  'desk',
  'accounts',
  'contacts',
  'fieldwork',
  'metering',
  'variances',
  'billing',
  'payments',
  'cashiering',
  'collections',
  'backflow',
  'investigations',
  'portal',
  'ivr',
  'reports',
] as const

export const modules: readonly Module[] = [
  staff,
  policy,
  customers,
  premises,
  ledger,
  rates,
  correspondence,
  desk,
  accounts,
  contacts,
  fieldwork,
  metering,
  variances,
  billing,
  payments,
  investigations,
  reports,
]
