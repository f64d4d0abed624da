/** The catalogues, one a department. */

import { strings as move } from '../accounts/move-strings.ts'
import { strings as accounts } from '../accounts/strings.ts'
import { strings as timeline } from '../accounts/timeline-strings.ts'
import { strings as billing } from '../billing/strings.ts'
import { strings as contacts } from '../contacts/strings.ts'
import { strings as customers } from '../customers/strings.ts'
import { strings as desk } from '../desk/strings.ts'
import { strings as supervise } from '../desk/supervise-strings.ts'
import { strings as newOrder } from '../fieldwork/new-order-strings.ts'
import { strings as orders } from '../fieldwork/orders-strings.ts'
import { strings as investigations } from '../investigations/strings.ts'
import { strings as readFiles } from '../metering/book/files/strings.ts'
import { strings as readRules } from '../metering/book/rules/strings.ts'
import { strings as readBook } from '../metering/book/strings.ts'
import { strings as metering } from '../metering/strings.ts'
import { strings as meterTests } from '../metering/tests/strings.ts'
import { strings as policy } from '../policy/strings.ts'
import { strings as staff } from '../staff/strings.ts'
import { strings as variances } from '../variances/strings.ts'
import { strings as shell } from './strings.ts'

export const resources = {
  shell,
  accounts,
  billing,
  contacts,
  customers,
  desk,
  investigations,
  metering,
  meterTests,
  move,
  newOrder,
  orders,
  policy,
  readBook,
  readFiles,
  readRules,
  staff,
  supervise,
  timeline,
  variances,
} as const
