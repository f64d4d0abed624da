/** What an order must bring home before it may be called done (SO-010 … SO-016, SO-024, SO-025, SO-033). */
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'

export type OrderKind =
  | 'LEAK'
  | 'RRD'
  | 'CRD'
  | 'PRES'
  | 'TON'
  | 'TOFF'
  | 'XFER'
  | 'STOP'
  | 'MTST'
  | 'MEX'
  | 'NOW'
  | 'WQ'
export type LeftStatus = 'on' | 'off' | 'locked'

export type Outcome = {
  readonly code: string
  readonly label: string
  /** How the water may be left; any way when absent. */
  readonly left?: readonly LeftStatus[]
}

const off = ['off', 'locked'] as const
const read: readonly Outcome[] = [
  { code: 'read-confirmed', label: 'Read confirmed' },
  { code: 'read-corrected', label: 'Earlier read was wrong' },
]

export const outcomesOf: Readonly<Record<OrderKind, readonly Outcome[]>> = {
  LEAK: [
    { code: 'no-leak', label: 'No leak: the indicator stands still' },
    { code: 'leak-found', label: 'Leak on the customer’s side' },
    { code: 'leak-district', label: 'Leak on the district’s side' },
    { code: 'indicator-moves', label: 'The indicator moves, source not found' },
  ],
  RRD: read,
  CRD: read,
  PRES: [
    { code: 'pressure-normal', label: 'Pressure is normal' },
    { code: 'pressure-low', label: 'Pressure is low' },
    { code: 'pressure-high', label: 'Pressure is high' },
    { code: 'regulator', label: 'The customer’s regulator has failed' },
  ],
  TON: [
    { code: 'turned-on', label: 'Turned on', left: ['on'] },
    { code: 'flow-found', label: 'Meter showed flow: turned off again, tag left', left: off },
  ],
  TOFF: [
    { code: 'turned-off', label: 'Turned off', left: off },
    { code: 'left-on', label: 'Left on: somebody lives there', left: ['on'] },
  ],
  XFER: [{ code: 'read-taken', label: 'Read taken' }],
  STOP: [
    { code: 'meter-runs', label: 'The meter runs' },
    { code: 'meter-stopped', label: 'The meter has stopped: exchange it' },
  ],
  MTST: [
    { code: 'test-passed', label: 'Within the accuracy limits' },
    { code: 'test-failed', label: 'Outside the accuracy limits' },
  ],
  MEX: [
    { code: 'exchanged', label: 'Exchanged' },
    { code: 'not-needed', label: 'No exchange needed' },
  ],
  NOW: [
    { code: 'restored', label: 'Water is back' },
    { code: 'customer-side', label: 'Cause on the customer’s side' },
    { code: 'main', label: 'Main break or shutdown' },
  ],
  WQ: [
    { code: 'flushed', label: 'Flushed, water is clear' },
    { code: 'sample-taken', label: 'Sample taken' },
    { code: 'customer-side', label: 'Cause on the customer’s side' },
  ],
}

export const needsPsi = (kind: OrderKind): boolean => kind === 'PRES'

export type Result = {
  readonly outcome: string
  readonly leftStatus: LeftStatus
  readonly meterSerialSeen?: string | undefined
  readonly readValue?: bigint | undefined
  readonly staticPsi?: number | undefined
}

/** Throws when the result is not complete for its kind. Whether the serial is the installed one, metering compares. */
export function checkResult(kind: OrderKind, needsRead: boolean, result: Result): Outcome {
  const outcome = outcomesOf[kind].find(one => one.code === result.outcome)
  if (!outcome)
    throw refuse(
      errors,
      'fieldwork.unknown-outcome',
      { outcomes: outcomesOf[kind].map(one => one.label).join('; ') },
      'outcome',
    )
  if (needsRead && result.readValue === undefined)
    throw refuse(errors, 'fieldwork.read-needed', {}, 'readValue')
  if (result.readValue !== undefined && !result.meterSerialSeen)
    throw refuse(errors, 'fieldwork.serial-needed', {}, 'meterSerialSeen')
  if (needsPsi(kind) && result.staticPsi === undefined)
    throw refuse(errors, 'fieldwork.psi-needed', {}, 'staticPsi')
  if (outcome.left && !outcome.left.includes(result.leftStatus))
    throw refuse(
      errors,
      'fieldwork.left-status-wrong',
      { outcome: outcome.label, allowed: outcome.left.join(' or ') },
      'leftStatus',
    )
  return outcome
}

const unableLabels: Readonly<Record<string, string>> = {
  'no-access': 'No access',
  dog: 'Dog',
  buried: 'Meter buried',
  'locked-gate': 'Locked gate',
  'wrong-meter': 'Wrong meter',
  'valve-broken': 'Valve broken',
  'customer-refused': 'Customer refused',
  unsafe: 'Unsafe',
}

/** The outcome as a person reads it; an unable code counts as one (SO-032). */
export function outcomeLabel(kind: OrderKind, outcome: string): string {
  return (
    outcomesOf[kind].find(one => one.code === outcome)?.label ??
    (unableLabels[outcome] ? `Unable: ${unableLabels[outcome].toLowerCase()}` : outcome)
  )
}
