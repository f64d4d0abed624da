/**
 * How a segment is written down: what its own row says already is not said twice, and a charge line is one short text.
 * A district keeps millions of them for ever, so their size is the size of the database. `readSegment` reads what
 * `keepSegment` writes and what it wrote at first: lines as objects with their bounds, reads with every date.
 *
 *     reads    [{"serial":"60001201","fromValue":"470000","toValue":"470157"}]    dates and kind as the segment's own
 *     inputs   {"tariff":"water","class":"RESIDENTIAL_SINGLE","cut":"days/days/scale/30/none","with":{…},"et":"60 63 …"}
 *     charges  ["service_charge f 4210 1 42.10","commodity_charge b 190 1 1.90 1"]
 *              code, kind, cents, quantity, price, tier, version, from, to; `-` where nothing is to be said
 */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Decimal, ProrationPolicy, RatedLine } from '../../rates/domain/index.ts'
import type { Segment, SegmentRead, ServiceToBill } from './facts.ts'
import { writeProration } from './proration.ts'
import type { StoredInputs, StoredLine, StoredSegment } from './stored.ts'

/** As rows and COPY take it: the three proofs are JSON texts. */
export type KeptSegment = Omit<StoredSegment, 'reads' | 'inputs' | 'charges'> & {
  readonly reads: string
  readonly inputs: string
  readonly charges: string
}
type KeptRead = Pick<SegmentRead, 'serial' | 'fromValue' | 'toValue'> & Partial<SegmentRead>
type KeptLine = string | StoredLine
/** The same with the JSON parsed, as the database gives it back. */
export type KeptRow = Omit<StoredSegment, 'reads' | 'charges'> & {
  readonly reads: readonly KeptRead[]
  readonly charges: readonly KeptLine[]
}

export function keepSegment(segment: Segment, segmentNo: number, policy: ProrationPolicy): KeptSegment {
  const { of, lines, versionIds, cents, budgetUnits } = segment
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
    reads: of.reads.length === 0 ? '[]' : JSON.stringify(of.reads.map(read => keepRead(read, of))),
    inputs: keepInputs(of, policy),
    charges: keepLines(lines, of, versionIds.length > 1),
    tariffVersionIds: versionIds.map(BigInt),
    budgetUnits,
    cents,
  }
}

export function readSegment({ reads, charges, ...rest }: KeptRow): StoredSegment {
  return { ...rest, reads: reads.map(read => readRead(read, rest)), charges: charges.map(readLine) }
}

type Own = Pick<ServiceToBill, 'fromOn' | 'toOn' | 'readKind'>

function keepRead({ serial, fromValue, toValue, fromOn, toOn, kind, note }: SegmentRead, own: Own): KeptRead {
  return {
    serial,
    fromValue,
    toValue,
    ...(fromOn === own.fromOn ? {} : { fromOn }),
    ...(toOn === own.toOn ? {} : { toOn }),
    ...(kind === own.readKind ? {} : { kind }),
    ...(note === null ? {} : { note }),
  }
}

const readRead = (kept: KeptRead, { fromOn, toOn, readKind }: Own): SegmentRead => ({
  fromOn,
  toOn,
  kind: readKind ?? 'actual',
  note: null,
  ...kept,
})

function keepInputs(of: ServiceToBill, policy: ProrationPolicy): string {
  return JSON.stringify({
    tariff: of.tariff,
    class: of.rateClass,
    cut: writeProration(policy),
    with: of.inputs as StoredInputs['with'],
    ...(of.etByDay ? { et: weatherText(of.etByDay) } : {}),
    ...(of.partOf ? { partOf: of.partOf } : {}),
    ...(of.sources && of.sources.length > 0 ? { sources: of.sources } : {}),
  } satisfies StoredInputs)
}

/** Weather comes in thousandths of an inch; exact both ways. */
const thousandths = (inches: string): string => String(Math.round(Number(inches) * 1000))

const weatherTexts = new WeakMap<readonly string[], string>()

/** A run bills a whole book over the same days, and gives every account the same list. */
function weatherText(byDay: readonly string[]): string {
  const known = weatherTexts.get(byDay)
  if (known !== undefined) return known
  const text = byDay.map(thousandths).join(' ')
  weatherTexts.set(byDay, text)
  return text
}

const letters = { fixed: 'f', tier: 't', 'budget-tier': 'b', flat: 'l', other: 'o' } as const
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter as string, kind]))

/** Codes are names of a formula and figures are figures: nothing in them needs the escapes of JSON. */
function keepLines(lines: readonly RatedLine[], own: Own, severalVersions: boolean): string {
  let text = ''
  for (const line of lines) {
    const { code, kind, cents, quantity, price, tier, from, to } = line
    const amounts = `${cents} ${quantity ? short(quantity) : '-'} ${price ? price.toFixed() : '-'}`
    const elsewhen = severalVersions || from !== own.fromOn || to !== own.toOn
    const place = elsewhen ? ` ${tier ?? '-'} ${line.versionId} ${from} ${to}` : tier ? ` ${tier}` : ''
    text += `${text ? ',' : ''}"${code} ${letters[kind]} ${amounts}${place}"`
  }
  return `[${text}]`
}

function readLine(kept: KeptLine): StoredLine {
  if (typeof kept !== 'string') return kept
  const [code, letter, cents, quantity, price, tier, version, from, to] = kept.split(' ')
  const said = (word: string | undefined) => word !== undefined && word !== '-'
  return {
    code: code!,
    kind: kinds.get(letter!) as StoredLine['kind'],
    ...(said(tier) ? { tier: Number(tier) } : {}),
    ...(said(quantity) ? { quantity: quantity! } : {}),
    ...(said(price) ? { price: price! } : {}),
    cents: cents!,
    ...(said(version) ? { version: version! } : {}),
    ...(said(from) ? { from: from as LocalDate } : {}),
    ...(said(to) ? { to: to as LocalDate } : {}),
  }
}

/** Six decimals are kept for reading; the proof rates the inputs again and needs none of them. */
const short = (value: Decimal): string =>
  (value.decimalPlaces() > 6 ? value.toDecimalPlaces(6) : value).toFixed()
