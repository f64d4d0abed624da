/** The one read at which two occupancies meet, and the order that fetches it when nobody has it. */
import { addDays, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { errors } from './errors.ts'
import type { AfterStop } from './occupancy.ts'

export type Reading = {
  readonly servicePointId: ServicePointId
  readonly registerNo: number
  /** All digits of the register. */
  readonly value: bigint
}
export type HandOver =
  | {
      readonly how: 'read'
      readonly by: 'actual' | 'customer'
      readonly readOn: LocalDate
      readonly reads: readonly Reading[]
    }
  | { readonly how: 'estimate' }
  | { readonly how: 'order'; readonly instructions: string }

export type HandOverOrder = 'TON' | 'TOFF' | 'XFER'

export type HandOverPlace = {
  readonly on: LocalDate
  readonly today: LocalDate
  /** The metered points of the address; sewer has no meter. */
  readonly points: readonly { servicePointId: ServicePointId; service: string }[]
  /** ACC-104. */
  readonly windowDays: number
}

/** A given read must be of a meter at this address, near the date, not from the future, each register once. */
export function checkHandOver(handOver: HandOver, place: HandOverPlace): void {
  if (handOver.how !== 'read') return
  const { on, today, windowDays, points } = place
  const { readOn, reads } = handOver
  const far = readOn < addDays(on, -windowDays) || readOn > addDays(on, windowDays) || readOn > today
  if (far)
    throw refuse(
      errors,
      'accounts.read-date',
      { days: windowDays, on: formatDay(on, today), readOn: formatDay(readOn, today) },
      'handOver.readOn',
    )
  const metered = points.filter(point => point.service !== 'sewer')
  if (metered.length === 0) throw refuse(errors, 'accounts.read-missing', {}, 'handOver')
  const seen = new Set<string>()
  for (const { servicePointId, registerNo } of reads) {
    if (!metered.some(point => point.servicePointId === servicePointId))
      throw refuse(errors, 'accounts.foreign-point', {}, 'handOver.reads')
    const register = `${servicePointId} ${registerNo}`
    if (seen.has(register)) throw refuse(errors, 'accounts.read-twice', {}, 'handOver.reads')
    seen.add(register)
  }
}

/**
 * Which order a change needs. Turning is ordered whoever gave the read: water that is off must be turned on for a
 * start (SO-001), and off when the owner agreed so (SO-002). Otherwise only a wanted read makes an order (SO-003).
 */
export function decideOrder(change: {
  readonly what: 'start' | 'stop'
  readonly isOff: boolean
  readonly follows: AfterStop | null
  readonly handOver: HandOver['how']
}): HandOverOrder | null {
  if (change.what === 'start' && change.isOff) return 'TON'
  if (change.what === 'stop' && change.follows === 'turn-off') return 'TOFF'
  return change.handOver === 'order' ? 'XFER' : null
}
