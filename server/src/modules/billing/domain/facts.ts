/** What a bill is decided from and what it consists of. Pure data; gathered by queries, or in bulk by a run. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Cents } from '@curbstop/kernel/money'
import type {
  Inputs,
  ProrationPolicy,
  RatedLine,
  ServiceFacts,
  TariffVersion,
} from '../../rates/domain/index.ts'

export type Service = 'water' | 'irrigation' | 'fire' | 'sewer'
export type ReadKind = 'actual' | 'estimated' | 'customer' | 'final'
export type BillKind = 'first' | 'regular' | 'final' | 'off-cycle'

/** One stretch of one register, as it is kept with the segment. */
export type SegmentRead = {
  readonly serial: string
  readonly fromOn: LocalDate
  readonly fromValue: string
  readonly toOn: LocalDate
  readonly toValue: string
  readonly kind: string
  readonly note: string | null
}

/** One service of one account over one stretch of days, with everything that prices it. */
export type ServiceToBill = {
  readonly accountServiceId: bigint
  readonly servicePointId: bigint
  readonly service: Service
  readonly tariff: string
  readonly rateClass: string
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  /** In the district's billing unit; null where nothing is measured. */
  readonly usageUnits: string | null
  readonly usageGallons: number | null
  readonly readKind: ReadKind | null
  readonly reads: readonly SegmentRead[]
  /** Exactly what the rating function is given beside use, days and ET. */
  readonly inputs: Inputs
  /** Ids of what the budget's figures came from: `grant:17`, `household:2026-01-01`. */
  readonly sources?: readonly string[]
  /** Inches, one a day; only where the class has a water budget. */
  readonly etByDay?: readonly string[]
  readonly partOf?: ServiceFacts['partOf']
  /** In force on any of the days; compiled for the class. */
  readonly versions: readonly TariffVersion[]
}

export type BillFacts = {
  readonly kind: BillKind
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly services: readonly ServiceToBill[]
  readonly policy: ProrationPolicy
}

export type Segment = {
  readonly of: ServiceToBill
  readonly lines: readonly RatedLine[]
  /** Versions that were in force, in order of time. */
  readonly versionIds: readonly string[]
  /** What the water budget allowed, where the class has one. */
  readonly budgetUnits: string | null
  readonly cents: Cents
}

export type BillDecision = {
  readonly segments: readonly Segment[]
  readonly totalCents: Cents
}

/** The engine's facts of a service; the stored inputs of a segment give the same. */
export function ratingFacts(service: ServiceToBill): ServiceFacts {
  return {
    from: service.fromOn,
    to: service.toOn,
    usage: service.usageUnits ?? '0',
    inputs: service.inputs,
    ...(service.etByDay ? { etByDay: service.etByDay } : {}),
    ...(service.partOf ? { partOf: service.partOf } : {}),
  }
}
