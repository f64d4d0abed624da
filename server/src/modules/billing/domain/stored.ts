/**
 * How a segment is kept: the figures that priced it and the lines that came out, as JSON of plain texts. Reading it
 * back gives the rating function exactly what it was given.
 */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { Decimal, Inputs, ProrationPolicy, RatedLine, ServiceFacts } from '../../rates/domain/index.ts'
import type { ReadKind, Segment, SegmentRead, Service } from './facts.ts'
import { readProration, writeProration } from './proration.ts'

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

/** Dates stand only where they differ from the segment's, the version only where the segment has several. */
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

/** A segment as rows and COPY take it. */
export function storeSegment(segment: Segment, segmentNo: number, policy: ProrationPolicy): StoredSegment {
  const { of, lines, cents, budgetUnits } = segment
  return {
    segmentNo,
    service: of.service,
    accountServiceId: of.accountServiceId,
    servicePointId: of.servicePointId,
    fromOn: of.fromOn,
    toOn: of.toOn,
    usageUnits: of.usageUnits,
    usageGallons: of.usageGallons === null ? null : BigInt(of.usageGallons),
    readKind: of.readKind,
    reads: of.reads,
    inputs: {
      tariff: of.tariff,
      class: of.rateClass,
      cut: writeProration(policy),
      with: of.inputs as StoredInputs['with'],
      ...(of.etByDay ? { et: weatherText(of.etByDay) } : {}),
      ...(of.partOf ? { partOf: of.partOf } : {}),
      ...(of.sources ? { sources: of.sources } : {}),
    },
    charges: lines.map(line => storeLine(line, of, segment.versionIds.length > 1)),
    tariffVersionIds: segment.versionIds.map(BigInt),
    budgetUnits,
    cents,
  }
}

/** Weather comes in thousandths of an inch; exact both ways. */
const thousandths = (inches: string): string => String(Math.round(Number(inches) * 1000))

const weatherTexts = new WeakMap<readonly string[], string>()

/** A run bills a whole book over the same days, and gives every account the same list. */
function weatherText(byDay: readonly string[]): string {
  const text = weatherTexts.get(byDay) ?? byDay.map(thousandths).join(' ')
  weatherTexts.set(byDay, text)
  return text
}

const inches = (text: string): string => String(Number(text) / 1000)

function storeLine(
  line: RatedLine,
  { fromOn, toOn }: { fromOn: LocalDate; toOn: LocalDate },
  severalVersions: boolean,
): StoredLine {
  return {
    code: line.code,
    kind: line.kind,
    ...(line.tier !== null ? { tier: line.tier } : {}),
    ...(line.tierFrom && !line.tierFrom.isZero() ? { above: short(line.tierFrom) } : {}),
    ...(line.tierTo ? { upTo: short(line.tierTo) } : {}),
    ...(line.quantity ? { quantity: short(line.quantity) } : {}),
    ...(line.price ? { price: line.price.toFixed() } : {}),
    cents: line.cents.toString(),
    ...(severalVersions ? { version: line.versionId } : {}),
    ...(line.from !== fromOn ? { from: line.from } : {}),
    ...(line.to !== toOn ? { to: line.to } : {}),
  }
}

/** Six decimals are kept for reading; the proof rates the inputs again and needs none of them. */
const short = (value: Decimal): string => value.toDecimalPlaces(6).toFixed()

/** The tariff version that priced a line. */
export const versionOf = (line: StoredLine, { tariffVersionIds }: StoredSegment): string =>
  line.version ?? String(tariffVersionIds[0])

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
