/**
 * From reads to use: what was used between two readings of a service point, over every register and every meter that
 * hung there (VEE-010: the old meter's last stretch and the new one's first make one period).
 */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { Id, MeterId } from '@curbstop/kernel/ids'
import { expectedUse } from './expectation.ts'
import {
  type Billing,
  calculateUsage,
  gallonsOf,
  type Register,
  unitsBetween,
  unitsText,
} from './registers.ts'
import type { UsageFlag } from './usage-flag.ts'

export type ReadId = Id<'read'>
export type ReadKind = 'actual' | 'estimated' | 'customer' | 'final' | 'exchange-out' | 'exchange-in'

export type Installation = {
  readonly meterId: MeterId
  readonly serial: string
  readonly installedOn: LocalDate
  readonly removedOn: LocalDate | null
  /** By register, in the order of `registers`. */
  readonly inValues: readonly bigint[]
  readonly outValues: readonly bigint[] | null
  readonly registers: readonly Register[]
}
export type Read = {
  readonly readId: ReadId
  readonly meterId: MeterId
  readonly registerNo: number
  readonly readOn: LocalDate
  readonly value: bigint
  readonly kind: ReadKind
  readonly passedZero: boolean
}

export type { UsageFlag }
export type UsageStretch = {
  readonly meterId: MeterId
  readonly serial: string
  readonly registerNo: number
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly fromValue: bigint
  readonly toValue: bigint
  readonly fromReadId: ReadId | null
  readonly toReadId: ReadId | null
  readonly passedZero: boolean
  readonly gallons: number | null
}
export type UsagePeriod = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly days: number
  readonly gallons: number | null
  readonly units: string | null
  readonly gallonsPerDay: number | null
  readonly readKind: ReadKind
  readonly flags: UsageFlag[]
  readonly stretches: UsageStretch[]
}

export type ReadHistory = {
  readonly installations: readonly Installation[]
  readonly reads: readonly Read[]
  readonly voided: ReadonlySet<ReadId>
}

type Mark = { on: LocalDate; value: bigint; readId: ReadId | null }
type Open = {
  fromOn: LocalDate
  stretches: UsageStretch[]
  flags: Set<UsageFlag>
  volume: bigint | null
  units: bigint
}

/** Periods from read to read, oldest first. The first one begins when the first meter was hung. */
export function usagePeriods(history: ReadHistory, billing: Billing): UsagePeriod[] {
  const periods: UsagePeriod[] = []
  const inOrder = [...history.installations].sort((a, b) => (a.installedOn < b.installedOn ? -1 : 1))
  let open: Open | null = null
  for (const [index, installation] of inOrder.entries()) {
    open ??= begin(installation.installedOn)
    const marks = installation.registers.map<Mark>((_, at) => ({
      on: installation.installedOn,
      value: installation.inValues[at] ?? 0n,
      readId: null,
    }))
    for (const round of roundsOf(installation, history)) {
      if (round.reads.length < installation.registers.length) open.flags.add('register-missing')
      else open = closeRound({ open, installation, marks, round, periods, billing })
    }
    if (installation.removedOn) takeOut({ open, installation, marks, periods, billing }, history)
    if (inOrder[index + 1]) open.flags.add('exchange')
  }
  return periods
}

const begin = (fromOn: LocalDate): Open => ({
  fromOn,
  stretches: [],
  flags: new Set(),
  volume: 0n,
  units: 0n,
})

/** Reads of one date, one for each register that was read; a later entry of the same date replaces the earlier. */
type Round = { on: LocalDate; reads: Read[] }

function roundsOf(installation: Installation, { reads, voided }: ReadHistory): Round[] {
  const { meterId, installedOn, removedOn } = installation
  const own = reads.filter(
    read =>
      read.meterId === meterId &&
      read.readOn >= installedOn &&
      (removedOn === null || read.readOn <= removedOn) &&
      read.kind !== 'exchange-in' &&
      read.kind !== 'exchange-out' &&
      !voided.has(read.readId),
  )
  own.sort((a, b) => (a.readOn === b.readOn ? (a.readId < b.readId ? -1 : 1) : a.readOn < b.readOn ? -1 : 1))
  const rounds: Round[] = []
  for (const read of own) {
    const last = rounds.at(-1)
    if (last?.on !== read.readOn) rounds.push({ on: read.readOn, reads: [read] })
    else last.reads = [...last.reads.filter(other => other.registerNo !== read.registerNo), read]
  }
  return rounds
}

type Work = {
  open: Open
  readonly installation: Installation
  readonly marks: Mark[]
  readonly periods: UsagePeriod[]
  readonly billing: Billing
}

function closeRound(work: Work & { readonly round: Round }): Open {
  const { open, installation, marks, round, periods } = work
  for (const [at, register] of installation.registers.entries()) {
    const read = round.reads.find(one => one.registerNo === register.registerNo)!
    const mark: Mark = { on: round.on, value: read.value, readId: read.readId }
    const idle = round.on === open.fromOn && read.value === marks[at]!.value // the value it came in with, said again
    if (!idle) stretch(work, register, { from: marks[at]!, to: mark, passedZero: read.passedZero })
    marks[at] = mark
  }
  if (round.on <= open.fromOn) return open
  const estimated = round.reads.some(read => read.kind === 'estimated')
  if (estimated) open.flags.add('estimated')
  periods.push(close(open, round.on, estimated ? 'estimated' : round.reads[0]!.kind))
  return begin(round.on)
}

function takeOut(work: Work, { reads, voided }: ReadHistory): void {
  const { installation, marks, open } = work
  const { outValues, removedOn } = installation
  if (!outValues) {
    open.flags.add('register-missing')
    open.volume = null
    return
  }
  for (const [at, register] of installation.registers.entries()) {
    const read = reads.find(
      one =>
        one.kind === 'exchange-out' &&
        one.meterId === installation.meterId &&
        one.registerNo === register.registerNo &&
        one.readOn === removedOn &&
        !voided.has(one.readId),
    )
    const value = outValues[at] ?? marks[at]!.value
    const to: Mark = { on: removedOn!, value, readId: read?.readId ?? null }
    if (to.on > marks[at]!.on || value !== marks[at]!.value)
      stretch(work, register, { from: marks[at]!, to, passedZero: read?.passedZero ?? false })
  }
}

function stretch(
  { open, installation, periods, billing }: Work,
  register: Register,
  { from, to, passedZero }: { from: Mark; to: Mark; passedZero: boolean },
): void {
  const ambiguous = to.value < from.value && !passedZero
  const expected = ambiguous ? expectedUse({ periods, fromOn: from.on, toOn: to.on }) : null
  const use = calculateUsage({
    previous: from.value,
    current: to.value,
    register,
    passedZero,
    expectedGallons: expected?.gallons ?? null,
  })
  if (use.kind === 'negative') {
    open.flags.add('negative')
    open.volume = null
  } else {
    if (use.kind === 'rollover') open.flags.add('rollover')
    if (open.volume !== null) open.volume += use.to - use.from
    open.units += unitsBetween(use.from, use.to, billing)
  }
  open.stretches.push({
    meterId: installation.meterId,
    serial: installation.serial,
    registerNo: register.registerNo,
    fromOn: from.on,
    toOn: to.on,
    fromValue: from.value,
    toValue: to.value,
    fromReadId: from.readId,
    toReadId: to.readId,
    passedZero: use.kind === 'rollover',
    gallons: use.kind === 'negative' ? null : use.gallons,
  })
}

function close({ fromOn, stretches, flags, volume, units }: Open, toOn: LocalDate, readKind: ReadKind) {
  const days = daysBetween(fromOn, toOn)
  const gallons = volume === null ? null : gallonsOf(volume)
  return {
    fromOn,
    toOn,
    days,
    gallons,
    units: volume === null ? null : unitsText(units),
    gallonsPerDay: gallons === null ? null : gallons / days,
    readKind,
    flags: [...flags],
    stretches,
  }
}
