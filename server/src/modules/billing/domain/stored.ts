/**
 * A segment as it is read back: the figures that priced it and the lines that came out. Reading it gives the rating
 * function exactly what it was given. How it is written down stands in `kept.ts`.
 */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { Inputs, ProrationPolicy, RatedLine, ServiceFacts } from '../../rates/domain/index.ts'
import type { ReadKind, SegmentRead, Service } from './facts.ts'
import { readProration } from './proration.ts'

export type StoredInputs = {
  readonly tariff: string
  readonly class: string
  readonly cut: string // proration policy, short
  readonly with: Readonly<Record<string, string | number>>
  /** Thousandths of an inch a day, separated by spaces. */
  readonly et?: string
  readonly partOf?: { readonly cycleDays: number; readonly daysBefore?: number }
  /** Where the budget's figures came from: ids of grants, areas, stages, dates of household notes. */
  readonly sources?: readonly string[]
}

/**
 * Dates stand only where they differ from the segment's, the version only where the segment has several. Bounds of a
 * tier stand in the oldest segments only: they follow from the inputs, and rating again gives them.
 */
export type StoredLine = {
  readonly code: string
  readonly kind: RatedLine['kind']
  readonly tier?: number
  readonly above?: string
  readonly upTo?: string
  readonly quantity?: string
  readonly price?: string
  readonly cents: string
  readonly version?: string
  readonly from?: LocalDate
  readonly to?: LocalDate
}

export type StoredSegment = {
  readonly segmentNo: number
  readonly service: Service
  readonly accountServiceId: bigint
  readonly servicePointId: bigint
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly usageUnits: string | null
  readonly usageGallons: bigint | null
  readonly readKind: ReadKind | null
  readonly reads: readonly SegmentRead[]
  readonly inputs: StoredInputs
  readonly charges: readonly StoredLine[]
  readonly tariffVersionIds: readonly bigint[]
  readonly budgetUnits: string | null
  readonly cents: bigint
}

/** The tariff version that priced a line. */
export const versionOf = (line: StoredLine, { tariffVersionIds }: StoredSegment): string =>
  line.version ?? String(tariffVersionIds[0])

const inches = (text: string): string => String(Number(text) / 1000)

export type ToRate = { readonly facts: ServiceFacts; readonly policy: ProrationPolicy }

/** What the rating function was given, read back. */
export function readFacts(segment: StoredSegment): ToRate {
  const { inputs, fromOn, toOn } = segment
  return {
    policy: readProration(inputs.cut),
    facts: {
      from: fromOn,
      to: toOn,
      usage: segment.usageUnits ?? '0',
      inputs: inputs.with as Inputs,
      ...(inputs.et ? { etByDay: inputs.et.split(' ').map(inches) } : {}),
      ...(inputs.partOf ? { partOf: inputs.partOf } : {}),
    },
  }
}

export const daysOf = (one: { fromOn: LocalDate; toOn: LocalDate }): number =>
  daysBetween(one.fromOn, one.toOn)

/** Total ET in inches, or null without weather. */
export function etInchesOf({ inputs }: StoredSegment): number | null {
  if (!inputs.et) return null
  return inputs.et.split(' ').reduce((total, day) => total + Number(day), 0) / 1000
}
