/** May this be written down? Every "no" carries the sentence for the person at the meter or at the desk. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { daysBetween } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'
import type { Installation, Read, ReadKind } from './periods.ts'
import { type Candidate, calculateUsage, capacityOf, type Register } from './registers.ts'

export type RegisterValue = { readonly registerNo: number; readonly value: bigint }

export type Entry = {
  readonly readOn: LocalDate
  readonly values: readonly RegisterValue[]
}
export type EntryContext = {
  readonly today: LocalDate
  readonly installation: Installation
  /** Reads of this meter that were not voided. */
  readonly reads: readonly Read[]
  /** Of all registers together; null when nothing is known. */
  readonly expectedGallonsPerDay: number | null
  readonly rolloverFactor: number // VEE-008
}
export type DecidedRead = RegisterValue & { readonly passedZero: boolean }

/** What to write for each register, or the refusal. */
export function decideReads(entry: Entry, context: EntryContext): DecidedRead[] {
  checkDate(entry.readOn, context)
  const values = orderValues(entry.values, context.installation.registers)
  return context.installation.registers.map((register, at) => {
    const value = values[at]!
    checkLength(value, register)
    checkOnce(entry.readOn, register, context)
    const before = lastBefore(entry.readOn, at, context)
    const passedZero = decideRollover({ value, readOn: entry.readOn, before, register }, context)
    checkNext({ value, readOn: entry.readOn, passedZero }, at, context)
    return { registerNo: register.registerNo, value, passedZero }
  })
}

function checkDate(readOn: LocalDate, { today, installation }: EntryContext): void {
  const { serial, installedOn, removedOn } = installation
  if (readOn > today) throw refuse(errors, 'metering.read-in-future', { readOn }, 'readOn')
  if (readOn < installedOn) {
    throw refuse(errors, 'metering.read-before-installation', { serial, installedOn, readOn }, 'readOn')
  }
  if (removedOn !== null && readOn > removedOn) {
    throw refuse(errors, 'metering.read-after-removal', { serial, removedOn, readOn }, 'readOn')
  }
}

/** Values in the order of the registers; every register once, none that the meter does not have. */
export function orderValues(values: readonly RegisterValue[], registers: readonly Register[]): bigint[] {
  const byNo = new Map(values.map(one => [one.registerNo, one.value]))
  const fits =
    values.length === registers.length &&
    byNo.size === registers.length &&
    registers.every(r => byNo.has(r.registerNo))
  if (!fits) {
    const needed = registers.map(register => register.registerNo).join(' and ')
    throw refuse(errors, 'metering.registers-incomplete', { needed }, 'values')
  }
  return registers.map(register => byNo.get(register.registerNo)!)
}

export function checkLength(value: bigint, register: Register): void {
  if (value < capacityOf(register)) return
  const { registerNo, dials } = register
  throw refuse(errors, 'metering.read-too-long', { registerNo, dials, value: String(value) }, 'values')
}

function checkOnce(readOn: LocalDate, { registerNo }: Register, { reads }: EntryContext): void {
  const same = reads.find(
    read => read.registerNo === registerNo && read.readOn === readOn && isReading(read.kind),
  )
  if (!same) return
  const { value, kind } = same
  throw refuse(errors, 'metering.read-twice', { readOn, value: String(value), kind }, 'readOn')
}

/** Values of an exchange stand in the installation itself. */
const isReading = (kind: ReadKind): boolean => kind !== 'exchange-in' && kind !== 'exchange-out'

type Before = {
  readonly on: LocalDate
  readonly value: bigint
  readonly kind: ReadKind
  readonly lastSeen: bigint
}

/** The last value of a register before a date: a read, or the value with which the meter came in. */
export function lastBefore(
  on: LocalDate,
  registerAt: number,
  { installation, reads }: Pick<EntryContext, 'installation' | 'reads'>,
): Before {
  const registerNo = installation.registers[registerAt]!.registerNo
  const inValue = installation.inValues[registerAt] ?? 0n
  let last: Before = { on: installation.installedOn, value: inValue, kind: 'exchange-in', lastSeen: inValue }
  for (const read of inDateOrder(reads)) {
    const counts =
      read.registerNo === registerNo && read.readOn < on && read.readOn >= installation.installedOn
    if (!counts || !isReading(read.kind)) continue
    const { readOn, value, kind } = read
    last = { on: readOn, value, kind, lastSeen: kind === 'estimated' ? last.lastSeen : value }
  }
  return last
}

const inDateOrder = (reads: readonly Read[]): Read[] =>
  [...reads].sort((a, b) =>
    a.readOn < b.readOn ? -1 : a.readOn > b.readOn ? 1 : a.readId < b.readId ? -1 : 1,
  )

/** VEE-008: a register that passed zero, when the use is believable; else the refusal of VEE-009. */
export function decideRollover(
  read: {
    readonly value: bigint
    readonly readOn: LocalDate
    readonly before: Before
    readonly register: Register
  },
  { expectedGallonsPerDay, rolloverFactor }: Pick<EntryContext, 'expectedGallonsPerDay' | 'rolloverFactor'>,
): boolean {
  const { value, readOn, before, register } = read
  const days = Math.max(1, daysBetween(before.on, readOn))
  const expectedGallons = expectedGallonsPerDay === null ? null : Math.round(expectedGallonsPerDay * days)
  const use = calculateUsage({
    previous: before.value,
    current: value,
    register,
    expectedGallons,
    rolloverFactor,
    previousEstimated: before.kind === 'estimated',
    lastSeen: before.lastSeen,
  })
  if (use.kind !== 'negative') return use.kind === 'rollover'
  const gallons = (cause: Candidate['cause']) => use.candidates.find(c => c.cause === cause)?.gallons ?? null
  throw refuse(
    errors,
    'metering.read-below-last',
    {
      value: String(value),
      last: String(before.value),
      lastOn: before.on,
      lastKind: before.kind,
      rolloverGallons: grouped(gallons('rollover')!),
      exchangeGallons: grouped(gallons('exchange')!),
      expected:
        expectedGallons === null ? 'no earlier use to compare with' : `${grouped(expectedGallons)} expected`,
      estimateTooHighGallons: gallons('estimate-too-high'),
    },
    'values',
  )
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

function checkNext(
  { value, readOn, passedZero }: { value: bigint; readOn: LocalDate; passedZero: boolean },
  registerAt: number,
  { installation, reads }: EntryContext,
): void {
  const { registers, removedOn, outValues } = installation
  const { registerNo } = registers[registerAt]!
  const later = inDateOrder(reads).find(
    read => read.registerNo === registerNo && read.readOn > readOn && isReading(read.kind),
  )
  const out =
    removedOn && outValues
      ? { readOn: removedOn, value: outValues[registerAt] ?? value, passedZero: false }
      : null
  const next = later ?? out
  if (!next) return
  // A next read that has passed zero is below whatever stands before the turn.
  const fits = value <= next.value || (next.passedZero && !passedZero)
  if (fits) return
  const facts = { value: String(value), next: String(next.value), nextOn: next.readOn }
  throw refuse(errors, 'metering.read-above-next', facts, 'values')
}
