/** What the district knows of the register a line of a file speaks of. Days are day numbers. */
import type { AccountId, MeterId, ServicePointId } from '@curbstop/kernel/ids'
import type { RegisterUnit } from '../registers.ts'
import type { PeerUse } from '../validation/profile.ts'

/** Of our own schema, one row a register; lists are text (`{1,2}`), read without making arrays of strings. */
export type RegisterRow = {
  readonly serial: string
  readonly meterId: MeterId
  readonly size: string
  readonly registerNo: number
  readonly registerCount: number
  readonly unit: RegisterUnit
  readonly dials: number
  readonly multiplier: string
  readonly servicePointId: ServicePointId | null
  readonly installedDay: number | null
  readonly removedDay: number | null
  readonly inValue: bigint | null
  /** `20759:1042:actual`, newest first, five at the most. */
  readonly lastReads: string | null
  readonly ends: string | null
  readonly days: string | null
  readonly gallons: string | null
  readonly marks: string | null
  readonly priceUpTo: string | null
  readonly priceCents: string | null
  readonly priceDays: number | null
  readonly flowExpected: boolean
}

/** Of the place, from the departments that own it. */
export type PlaceFacts = {
  readonly service: 'water' | 'irrigation' | 'fire' | 'sewer'
  readonly class: string
  readonly bookId: number | null
  readonly bookCode: string | null
  readonly sequence: number | null
}

/** Somebody served at a place, the latest first. */
export type Occupant = {
  readonly accountId: AccountId
  readonly fromDay: number
  readonly toDay: number | null
}

/** Comparable users of a class and size about a day, and how that compares with the year before. */
export type PeersAt = (
  placeClass: string,
  size: string,
  day: number,
) => { readonly use: PeerUse | null; readonly seasonFactor: number }
