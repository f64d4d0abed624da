/**
 * Green Button out: a customer's own use as an ESPI 4.0 Atom feed, one block a day of the wall. Values are written as
 * whole numbers with a power of ten, so nothing is rounded.
 */
import { declareErrors, refuse } from '@curbstop/kernel/errors'
import { decimalText, shifted } from './decimals.ts'
import { unitsOfMeasure, waterCommodity, waterService, writeDstRule } from './green-button-types.ts'
import type { IntervalRead } from './kinds.ts'
import { isoInstant } from './stamps.ts'
import { zoneClock } from './zone-clock.ts'

export const greenButtonErrors = declareErrors({
  'metering.green-button-unit': {
    kind: 'refused',
    says: 'Green Button has no unit for {unit}; give gallons, cubic feet, cubic metres or litres.',
  },
  'metering.green-button-value': {
    kind: 'refused',
    says: 'The value {value} has more digits than Green Button can carry.',
  },
})

export type GreenButtonUse = Pick<IntervalRead, 'startsAt' | 'seconds' | 'value' | 'quality'>

export type GreenButtonFeed = {
  /** What the feed calls the customer and the place of use: the district's ids, no names. */
  readonly customer: string
  readonly usagePoint: string
  readonly title: string
  readonly unit: 'gal' | 'cf' | 'm3' | 'l'
  /** Length of most intervals. */
  readonly seconds: number
  readonly zone: string
  /** UTC epoch seconds at which the feed is made. */
  readonly madeAt: number
  /** In the order of time. */
  readonly uses: readonly GreenButtonUse[]
}

/** Pieces of the file, in order. Throws `metering.green-button-…` before the first piece. */
export function* writeGreenButton(feed: GreenButtonFeed): Generator<string> {
  const uom = Object.entries(unitsOfMeasure).find(([, unit]) => unit === feed.unit)?.[0]
  if (!uom) throw refuse(greenButtonErrors, 'metering.green-button-unit', { unit: feed.unit })
  const places = feed.uses.reduce((most, { value }) => Math.max(most, (value.split('.')[1] ?? '').length), 0)
  for (const { value } of feed.uses) {
    // Int48 of the schema.
    const whole = shifted(value, places)
    if (places > 9 || Math.abs(Number(whole)) > 140_737_488_355_327) {
      throw refuse(greenButtonErrors, 'metering.green-button-value', { value })
    }
  }
  const made = isoInstant(feed.madeAt)
  const point = `RetailCustomer/${encodeURIComponent(feed.customer)}/UsagePoint/${encodeURIComponent(feed.usagePoint)}`
  const reading = `${point}/MeterReading/1`
  const local = `LocalTimeParameters/1`
  const type = 'ReadingType/1'
  const entry = (links: readonly (readonly [string, string])[], content: string): string =>
    `<entry><id>${uuidOf(links[0]![1])}</id>${links.map(([rel, href]) => `<link rel="${rel}" href="${escaped(href)}"/>`).join('')}` +
    `<title/><content type="application/xml">${content}</content>` +
    `<published>${made}</published><updated>${made}</updated></entry>\n`
  const up = (href: string) => href.slice(0, href.lastIndexOf('/'))
  const own = (href: string) =>
    [
      ['self', href],
      ['up', up(href)],
    ] as const
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">'
  yield `<id>${uuidOf(`feed ${point} ${feed.madeAt}`)}</id><title>${escaped(feed.title)}</title><updated>${made}</updated>\n`
  yield entry(
    [...own(point), ['related', `${point}/MeterReading`], ['related', local]],
    `<espi:UsagePoint><espi:ServiceCategory><espi:kind>${waterService}</espi:kind></espi:ServiceCategory></espi:UsagePoint>`,
  )
  yield entry(own(local), localTime(feed.zone, feed.madeAt))
  yield entry(
    [...own(reading), ['related', `${reading}/IntervalBlock`], ['related', type]],
    '<espi:MeterReading/>',
  )
  yield entry(
    own(type),
    `<espi:ReadingType><espi:accumulationBehaviour>4</espi:accumulationBehaviour>` +
      `<espi:commodity>${waterCommodity}</espi:commodity><espi:flowDirection>1</espi:flowDirection>` +
      `<espi:intervalLength>${feed.seconds}</espi:intervalLength>` +
      `<espi:powerOfTenMultiplier>${places === 0 ? 0 : -places}</espi:powerOfTenMultiplier>` +
      `<espi:uom>${uom}</espi:uom></espi:ReadingType>`,
  )
  let number = 0
  for (const day of byDay(feed)) {
    number += 1
    yield entry(own(`${reading}/IntervalBlock/${number}`), blockOf(day, places))
  }
  yield '</feed>\n'
}

function* byDay({ uses, zone }: GreenButtonFeed): Generator<readonly GreenButtonUse[]> {
  const clock = zoneClock(zone)
  let day: GreenButtonUse[] = []
  let date = Number.NaN
  for (const use of uses) {
    const of = Math.floor(clock.wallOf(use.startsAt) / 86_400)
    if (of !== date && day.length > 0) {
      yield day
      day = []
    }
    date = of
    day.push(use)
  }
  if (day.length > 0) yield day
}

function blockOf(uses: readonly GreenButtonUse[], places: number): string {
  const first = uses[0]!
  const last = uses.at(-1)!
  const period = (duration: number, start: number) =>
    `<espi:duration>${duration}</espi:duration><espi:start>${start}</espi:start>`
  const readings = uses.map(({ startsAt, seconds, value, quality }) => {
    const mark = quality === 'measured' ? '' : quality === 'estimated' ? '9' : '7'
    const said = mark && `<espi:ReadingQuality><espi:quality>${mark}</espi:quality></espi:ReadingQuality>`
    return (
      `<espi:IntervalReading>${said}<espi:timePeriod>${period(seconds, startsAt)}</espi:timePeriod>` +
      `<espi:value>${shifted(value, places)}</espi:value></espi:IntervalReading>`
    )
  })
  const whole = period(last.startsAt + last.seconds - first.startsAt, first.startsAt)
  return `<espi:IntervalBlock><espi:interval>${whole}</espi:interval>${readings.join('')}</espi:IntervalBlock>`
}

/** The rules of the zone in the year of the feed; a zone without a change has two rules that say nothing. */
function localTime(zone: string, at: number): string {
  const clock = zoneClock(zone)
  const year = new Date(at * 1000).getUTCFullYear()
  const january = Date.UTC(year, 0, 1, 12) / 1000
  const changes: { readonly at: number; readonly by: number }[] = []
  const offset = (instant: number) => clock.wallOf(instant) - instant
  for (let hour = january; hour < january + 365 * 86_400; hour += 3600) {
    const by = offset(hour + 3600) - offset(hour)
    if (by !== 0) changes.push({ at: hour + 3600, by })
  }
  const starts = changes.find(change => change.by > 0)
  const ends = changes.find(change => change.by < 0)
  const base = Math.min(offset(january), offset(january + 182 * 86_400))
  const rule = (change: typeof starts) => (change ? ruleOf(change.at + offset(change.at - 3600)) : '00000000')
  return (
    `<espi:LocalTimeParameters><espi:dstEndRule>${rule(ends)}</espi:dstEndRule>` +
    `<espi:dstOffset>${starts && ends ? starts.by : 0}</espi:dstOffset>` +
    `<espi:dstStartRule>${rule(starts)}</espi:dstStartRule><espi:tzOffset>${base}</espi:tzOffset></espi:LocalTimeParameters>`
  )
}

/** The weekday of the month on which the wall time lies: second Sunday of March, 2:00. */
function ruleOf(wall: number): string {
  const date = new Date(wall * 1000)
  const day = date.getUTCDate()
  const inMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  const isLast = day + 7 > inMonth && day > 21
  return writeDstRule({
    month: date.getUTCMonth() + 1,
    operator: isLast ? 7 : 1 + Math.ceil(day / 7),
    dayOfMonth: 0,
    dayOfWeek: date.getUTCDay() === 0 ? 7 : date.getUTCDay(),
    hour: date.getUTCHours(),
    seconds: 0,
  })
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
  return text.replace(/[&<>"]/g, mark => names[mark]!).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ' ')
}

/** The same address has the same identifier in every feed, as Atom wants; written like a name-based UUID. */
function uuidOf(address: string): string {
  const words = [0, 1, 2, 3].map(seed => {
    let hash = 0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1)
    for (let at = 0; at < address.length; at++) {
      hash = Math.imul(hash ^ address.charCodeAt(at), 0x01000193)
      hash ^= hash >>> 15
    }
    return (hash >>> 0).toString(16).padStart(8, '0')
  })
  const hex = words.join('')
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4]
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Whole thousandths and the like as decimal text, for callers that keep volumes as integers. */
export function volumeText(amount: bigint, places: number): string {
  return decimalText(amount, places)
}
