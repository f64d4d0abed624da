import { freeLine, freeText } from '@curbstop/kernel/card-numbers'
import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import { alertRow, holdReason, holdRow, holdWhat, workCard } from './cards.ts'

const accountId = idCodec<'account'>()
const reason = freeText(500, 4)

export const onAccounts = {
  getWorkCard: endpoint({
    method: 'GET',
    path: '/desk/accounts/:accountId',
    may: 'desk.see',
    says: 'Alerts and holds in force on a date, and open tasks of an account',
    input: z.strictObject({ accountId, on: localDateSchema.optional() }),
    output: workCard,
  }),
  placeAlert: endpoint({
    method: 'POST',
    path: '/desk/accounts/:accountId/alerts',
    may: 'desk.work',
    says: 'Shows a sentence to everybody who opens the account',
    input: z.strictObject({
      accountId,
      tone: z.enum(['info', 'attention', 'danger']),
      text: freeLine(300, 3),
      fromOn: localDateSchema.optional(),
      untilOn: localDateSchema.optional(),
    }),
    output: alertRow,
    errors: ['premises.findable-text', 'staff.own-account', 'desk.no-account', 'desk.dates-out-of-order'],
  }),
  clearAlert: endpoint({
    method: 'POST',
    path: '/desk/accounts/:accountId/alerts/:alertId/clear',
    may: 'desk.work',
    says: 'Takes an alert away; the reason is kept',
    input: z.strictObject({ accountId, alertId: idCodec<'alert'>(), reason }),
    output: alertRow,
    errors: ['staff.own-account', 'desk.no-alert', 'desk.alert-cleared'],
  }),
  placeHold: endpoint({
    method: 'POST',
    path: '/desk/accounts/:accountId/holds',
    may: 'desk.hold',
    says: 'Stops shut-off, late fees, billing or refunds of an account',
    input: z.strictObject({
      accountId,
      what: holdWhat,
      reasonCode: holdReason,
      reason,
      fromOn: localDateSchema.optional(),
      untilOn: localDateSchema.optional(),
    }),
    output: holdRow,
    errors: [
      'premises.findable-text',
      'staff.own-account',
      'desk.no-account',
      'desk.dates-out-of-order',
      'desk.hold-there',
    ],
  }),
  liftHold: endpoint({
    method: 'POST',
    path: '/desk/accounts/:accountId/holds/:holdId/lift',
    may: 'desk.hold',
    says: 'Ends a hold; the reason is kept',
    input: z.strictObject({ accountId, holdId: idCodec<'hold'>(), reason }),
    output: holdRow,
    errors: ['staff.own-account', 'desk.no-hold', 'desk.hold-lifted'],
  }),
}
