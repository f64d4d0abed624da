import { freeLine, freeText } from '@curbstop/kernel/card-numbers'
import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import {
  accountId,
  channel,
  draft,
  grant,
  kind,
  reason,
  ruleAnswer,
  seenEvidence,
  varianceEvent,
  varianceId,
  varianceRow,
  version,
} from './words.ts'

export {
  draft as varianceDraft,
  grant as budgetGrant,
  ruleAnswer,
  varianceCard,
  varianceRow,
} from './words.ts'

/** How far the reader's word goes for this request; `says` stands on the button too. */
export const verdict = z.object({
  rules: z.array(ruleAnswer),
  isEligible: z.boolean(),
  /** `alone` decides, `propose` hands it on, `not` may do neither (their own account). */
  may: z.enum(['alone', 'propose', 'not']),
  says: z.string().nullable(),
  /** What it would change, in words, and from when to when. */
  grants: z.string().nullable(),
  fromOn: localDateSchema.nullable(),
  untilOn: localDateSchema.nullable(),
  /** Winter use against what is claimed: a hint to ask, never a reason to deny. */
  hint: z.string().nullable(),
})

export const varianceView = z.object({
  row: varianceRow,
  /** Null: private to this reader. */
  draft: draft.nullable(),
  evidence: z.array(seenEvidence),
  events: z.array(varianceEvent),
  grants: z.array(grant),
  verdict,
  /** The letters that told the customer, newest first. */
  letters: z.array(z.object({ messageId: idCodec<'message'>(), subject: z.string(), state: z.string() })),
})

const onVariance = { accountId, varianceId, version }
const change = ['variances.missing', 'variances.changed', 'variances.not-now', 'staff.own-account'] as const
const decide = [
  ...change,
  'variances.above-level',
  'variances.own-proposal',
  'staff.reset-between',
  'variances.not-eligible',
  'variances.evidence-missing',
  'variances.private',
] as const

export const variances = {
  listVariances: endpoint({
    method: 'GET',
    path: '/variances',
    may: 'variances.see',
    says: 'Requests by what is due: those that wait, or what was decided lately',
    input: z.strictObject({
      show: z.enum(['waiting', 'late', 'mine-to-decide', 'expiring', 'decided']).default('waiting'),
      kind: kind.optional(),
    }),
    output: z.object({ rows: z.array(varianceRow), more: z.boolean() }),
  }),
  listForAccount: endpoint({
    method: 'GET',
    path: '/variances/accounts/:accountId',
    may: 'variances.see',
    says: 'An account’s requests, newest first, and what counts on its bills',
    input: z.strictObject({ accountId }),
    output: z.object({ requests: z.array(varianceRow), grants: z.array(grant) }),
    errors: ['accounts.missing'],
  }),
  getBudget: endpoint({
    method: 'GET',
    path: '/variances/accounts/:accountId/budget',
    may: 'variances.see',
    says: 'What the water budget of some days rests on, with where each figure came from and the days of weather that were filled',
    input: z.strictObject({ accountId, fromOn: localDateSchema, toOn: localDateSchema }),
    output: z.object({
      persons: z.string(),
      irrigatedSqft: z.number(),
      indoorExtraGpd: z.string().nullable(),
      indoorFactor: z.string().nullable(),
      outdoorExtraGpd: z.string().nullable(),
      outdoorFactor: z.string().nullable(),
      etInches: z.number(),
      /** `household:2026-01-01`, `grant:17`, `area:3`, `stage:41`, `default:WB-003`. */
      sources: z.array(z.string()),
      filled: z.array(z.object({ on: localDateSchema, how: z.string() })),
    }),
    errors: ['accounts.missing', 'variances.no-place', 'variances.bad-days', 'rates.weather-missing'],
  }),
  getVariance: endpoint({
    method: 'GET',
    path: '/variances/accounts/:accountId/:varianceId',
    may: 'variances.see',
    says: 'One request: what was asked and seen, every rule, everything that happened',
    input: z.strictObject({ accountId, varianceId }),
    output: varianceView,
    errors: ['variances.missing'],
  }),
  checkVariance: endpoint({
    method: 'POST',
    path: '/variances/check',
    may: 'variances.request',
    says: 'What every rule says of a request while it is typed; nothing is kept',
    asks: true,
    input: z.strictObject({ accountId, draft }),
    output: verdict,
    errors: ['accounts.missing', 'variances.no-place'],
  }),
  requestVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId',
    may: 'variances.request',
    says: 'Takes a request; its clock runs from the day it was made',
    input: z.strictObject({
      accountId,
      draft,
      channel,
      requestedOn: localDateSchema.optional(),
      note: freeText(1000, 0).optional(),
    }),
    output: varianceView,
    errors: [
      'accounts.missing',
      'staff.own-account',
      'variances.no-place',
      'variances.closed-account',
      'variances.figures-missing',
      'variances.already-asked',
      'variances.requested-in-future',
    ],
  }),
  changeVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/change',
    may: 'variances.request',
    says: 'Corrects what is asked, or adds what was shown since; a request that waited for evidence goes on',
    input: z.strictObject({ ...onVariance, draft, note: freeText(1000, 0).optional() }),
    output: varianceView,
    errors: [...change, 'variances.figures-missing', 'variances.same-kind', 'variances.private'],
  }),
  proposeVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/propose',
    may: 'variances.request',
    says: 'Hands a request on to whoever may decide it, with the reason',
    input: z.strictObject({ ...onVariance, decision: z.enum(['approve', 'deny']), reason }),
    output: varianceView,
    errors: [...change, 'variances.private'],
  }),
  decideVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/decide',
    may: 'variances.decide',
    says: 'Approves or denies by level, and tells the customer by letter in their language',
    rehearsable: true,
    input: z.strictObject({ ...onVariance, decision: z.enum(['approve', 'deny']), reason }),
    output: varianceView,
    errors: [...decide, 'premises.irrigated-over-lot', 'premises.nothing-changed'],
  }),
  askEvidence: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/ask',
    may: 'variances.request',
    says: 'Asks the customer for what is missing, by letter',
    input: z.strictObject({ ...onVariance, wanted: freeLine(300, 4) }),
    output: varianceView,
    errors: [...change, 'variances.private'],
  }),
  withdrawVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/withdraw',
    may: 'variances.request',
    says: 'The customer takes the request back',
    input: z.strictObject({ ...onVariance, reason }),
    output: varianceView,
    errors: change,
  }),
  appealVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/appeal',
    may: 'variances.request',
    says: 'The customer’s written appeal of a denial arrived (WB-040)',
    input: z.strictObject({ ...onVariance, reason }),
    output: varianceView,
    errors: [...change, 'variances.appeal-late'],
  }),
  decideAppeal: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/decide-appeal',
    may: 'variances.decide',
    says: 'Keeps what the variance committee decided; never the person who denied it',
    input: z.strictObject({ ...onVariance, decision: z.enum(['approve', 'deny']), reason }),
    output: varianceView,
    errors: [...decide, 'variances.own-denial', 'premises.irrigated-over-lot', 'premises.nothing-changed'],
  }),
  endVariance: endpoint({
    method: 'POST',
    path: '/variances/accounts/:accountId/:varianceId/end',
    may: 'variances.decide',
    says: 'Ends an approved variance early, from a day on; bills before that day stay as they are',
    input: z.strictObject({
      ...onVariance,
      onDate: localDateSchema,
      why: z.enum(['ended', 'false-information']),
      reason,
    }),
    output: varianceView,
    errors: [
      ...change,
      'variances.above-level',
      'variances.nothing-to-end',
      'variances.end-in-past',
      'variances.private',
    ],
  }),
}
