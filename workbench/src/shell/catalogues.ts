/** The catalogues, one a department. */

import { strings as accounts } from '../accounts/strings.ts'
import { strings as timeline } from '../accounts/timeline-strings.ts'
import { strings as billing } from '../billing/strings.ts'
import { strings as contacts } from '../contacts/strings.ts'
import { strings as newOrder } from '../fieldwork/new-order-strings.ts'
import { strings as investigations } from '../investigations/strings.ts'
import { strings as shell } from './strings.ts'

export const resources = { shell, accounts, billing, contacts, investigations, newOrder, timeline } as const
