/** A stored segment opened to its arithmetic, and proved: rated again it must give the stored cents. */
import { DomainError } from '@curbstop/kernel/errors'
import type { TariffVersionId } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'
import {
  type Num,
  type RatedLine,
  type RatedPiece,
  type RatedService,
  rateService,
  readDecimal,
  type TariffVersion,
} from '../../rates/domain/index.ts'
import type { Telling } from './explain/told.ts'

import { readFacts, type StoredLine, type StoredSegment, versionOf } from './stored.ts'
import { figureOf, lineName, plain, priceText, unitNames, unitsText } from './words.ts'

export type Proof = {
  readonly state: 'proved' | 'different' | 'not-possible'
  readonly ratedCents: bigint | null
  readonly says: string
}

export type ShownLine = ReturnType<typeof showLine>

/** Rates the stored inputs again. A tariff that is gone or wrong is told, not thrown. */
export function rateAgain(segment: StoredSegment, versions: readonly TariffVersion[]): RatedService | string {
  const { facts, policy } = readFacts(segment)
  try {
    return rateService(facts, versions, policy, { trace: true })
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

export function proveSegment(segment: StoredSegment, rated: RatedService | string): Proof {
  if (typeof rated === 'string')
    return { state: 'not-possible', ratedCents: null, says: `This line cannot be rated again: ${rated}` }
  const ratedCents = rated.totalCents
  const sameLines =
    rated.lines.length === segment.charges.length &&
    rated.lines.every((line, i) => line.cents === BigInt(segment.charges[i]!.cents))
  if (ratedCents === segment.cents && sameLines) {
    const says = `Proved: the stored figures give ${formatDollars(segment.cents)} again, line by line.`
    return { state: 'proved', ratedCents, says }
  }
  const says = `Alarm: the stored figures give ${formatDollars(ratedCents)}, the bill says ${formatDollars(segment.cents)}. Tell billing.`
  return { state: 'different', ratedCents, says }
}

export function proveBill(proofs: readonly Proof[], totalCents: bigint, segmentCents: bigint): Proof {
  const wrong = proofs.find(proof => proof.state !== 'proved')
  const ratedCents = proofs.reduce<bigint | null>(
    (sum, proof) => (sum === null || proof.ratedCents === null ? null : sum + proof.ratedCents),
    0n,
  )
  if (wrong) return { ...wrong, ratedCents }
  if (segmentCents !== totalCents) {
    const says = `Alarm: the segments add up to ${formatDollars(segmentCents)}, the bill says ${formatDollars(totalCents)}. Tell billing.`
    return { state: 'different', ratedCents, says }
  }
  return {
    state: 'proved',
    ratedCents,
    says: `Proved: every line gives its cents again, together ${formatDollars(totalCents)}.`,
  }
}

export function showLines(
  segment: StoredSegment,
  rated: RatedService | string,
  telling: Telling,
): ShownLine[] {
  return segment.charges.map((line, i) => {
    const again = typeof rated === 'string' ? undefined : rated.lines[i]
    const version = versionOf(line, segment)
    const piece =
      typeof rated === 'string'
        ? undefined
        : rated.pieces.find(one => one.versionId === version && one.from === (again?.from ?? one.from))
    return showLine({ segment, line, again, piece }, telling)
  })
}

type LineToShow = {
  segment: StoredSegment
  line: StoredLine
  again: RatedLine | undefined
  piece: RatedPiece | undefined
}

export function showLine({ segment, line, again, piece }: LineToShow, telling: Telling) {
  const unit = unitNames[telling.unit]
  const version = versionOf(line, segment)
  const cited = telling.cite(version)
  const perUnit = line.kind === 'tier' || line.kind === 'budget-tier' || line.kind === 'flat'
  const part = line.code.replace(/#\d+$/, '')
  return {
    code: line.code,
    label: `${lineName(line.code, line.tier ?? null, segment.service)}${boundsText(line, again, unit)}`,
    fromOn: line.from ?? segment.fromOn,
    toOn: line.to ?? segment.toOn,
    quantity: line.quantity === undefined ? null : plain(line.quantity),
    unit: perUnit ? unit : null,
    price: line.price ?? null,
    cents: BigInt(line.cents),
    arithmetic: arithmeticOf(line, unit),
    formula: again?.formula ?? part,
    figures: piece ? figuresOf(piece, part, telling.unit) : [],
    source: {
      tariffVersionId: BigInt(version) as TariffVersionId,
      citation: cited.citation,
      effectiveFrom: cited.effectiveFrom,
      className: segment.inputs.class,
      part,
    },
  }
}

/** Bounds as the oldest segments keep them, else as rating again gives them. */
function boundsText(line: StoredLine, again: RatedLine | undefined, unit: string): string {
  if (line.tier === undefined) return ''
  const { above, upTo } =
    again && line.upTo === undefined && line.above === undefined ? boundsOf(again) : line
  if (above && upTo) return ` (${unitsText(above)} to ${unitsText(upTo)} ${unit})`
  if (upTo) return ` (up to ${unitsText(upTo)} ${unit})`
  return above ? ` (above ${unitsText(above)} ${unit})` : ''
}

const boundsOf = ({ tierFrom, tierTo }: RatedLine): Pick<StoredLine, 'above' | 'upTo'> => ({
  ...(tierFrom && !tierFrom.isZero() ? { above: tierFrom.toDecimalPlaces(6).toFixed() } : {}),
  ...(tierTo ? { upTo: tierTo.toDecimalPlaces(6).toFixed() } : {}),
})

function arithmeticOf(line: StoredLine, unit: string): string {
  const result = formatDollars(BigInt(line.cents))
  const { quantity, price } = line
  if (!quantity || !price) return result
  const dollars = priceText(readDecimal(price as Num)!)
  if (line.kind === 'fixed')
    return quantity === '1' ? `${dollars} for the period` : `${plain(quantity)} of ${dollars} = ${result}`
  if (line.kind === 'other') return `${plain(price)} × $${plain(quantity)} = ${result}`
  return `${plain(quantity)} ${unit} × ${dollars} = ${result}`
}

/** Nothing granted and no drought: said by silence. */
const ungranted: Readonly<Record<string, string>> = {
  indoor_extra_gpd: '0',
  indoor_factor: '1',
  outdoor_extra_gpd: '0',
  outdoor_factor: '1',
}

/** Everything that went into the part, deepest first: people, days, ET, budget. */
function figuresOf(piece: RatedPiece, part: string, unit: BillUnit) {
  const steps = piece.trace ?? []
  const wanted = new Set<string>([part])
  // Steps come after what they rest on; walking back finds everything below the part.
  for (const step of [...steps].reverse()) {
    if (wanted.has(step.part)) for (const { name } of step.figures) wanted.add(name)
  }
  const shown = new Map<string, ReturnType<typeof figureOf>>()
  for (const step of steps) {
    if (!wanted.has(step.part)) continue
    for (const { name, value } of step.figures) {
      const text = typeof value === 'string' ? value : value.toDecimalPlaces(4).toFixed()
      if (text === ungranted[name]) continue
      shown.set(name, figureOf(name, text, unit))
    }
  }
  return [...shown.values()]
}

/** What was known when it was billed. */
export function showInputs(segment: StoredSegment, unit: BillUnit) {
  const given = Object.entries(segment.inputs.with).map(([name, value]) =>
    figureOf(name, String(value), unit),
  )
  const et = segment.inputs.et?.split(' ').reduce((total, day) => total + Number(day), 0)
  const filled = (segment.inputs.sources ?? [])
    .filter(source => source.startsWith('filled:'))
    .map(source => ({ name: 'ET filled', value: source.slice('filled:'.length), unit: null }))
  if (et === undefined) return given
  return [...given, figureOf('et_amount', (et / 1000).toFixed(2), unit), ...filled]
}
