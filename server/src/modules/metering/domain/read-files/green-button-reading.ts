/** One IntervalReading of Green Button: text to an exact value with its time, unit and quality. */
import { quoted, rowError } from './damage.ts'
import { exactDecimal, shifted } from './decimals.ts'
import type { Links, ReadingType } from './green-button-links.ts'
import { qualityOf } from './green-button-types.ts'
import type { FileRecord } from './kinds.ts'

/** What an IntervalReading says, as text. */
export type RawReading = {
  line: number
  start: string
  duration: string
  value: string
  quality: string
  cost: string
  /** Where a reading without a time of its own begins: behind the one before it. */
  follows: number | null
}

export type Block = {
  readonly links: Links
  readonly nested: ReadingType | null
  readonly place: string | null
  start: string
  readings: RawReading[]
  lastEnd: number | null
}

/** One reading of a block, scaled and judged. */
export function readingOf(
  block: Block,
  type: ReadingType,
  raw: RawReading,
  endpoint: string | null,
): FileRecord {
  const { line } = raw
  const wrong = (field: string, message: string) => rowError(line, field, `Line ${line}: ${message}`)
  const seconds = raw.duration === '' ? type.seconds : wholeNumber(raw.duration)
  const start = raw.start === '' ? (block.lastEnd ?? wholeNumber(block.start)) : wholeNumber(raw.start)
  if (start === null || start < 631_152_000 || start > 7_258_118_400) {
    return wrong('start', `${quoted(raw.start)} is no instant of a reading.`)
  }
  if (seconds === null) return wrong('duration', `${quoted(raw.duration)} is no duration.`)
  const meter = plainSegment(endpoint?.split('/').at(-1) ?? '')
  const endsAt = start + seconds
  block.lastEnd = endsAt
  const skip = (reason: string): FileRecord => ({ ...noSkip, line, reason, meter: meter || null, at: start })
  if (raw.value === '') return skip('no-value')
  if (type.channel === 'neither') return skip('no-volume')
  if (type.channel === 'interval' && seconds === 0) return skip('zero-length')
  const quality = qualityOf(raw.quality || type.quality)
  if (!quality) return wrong('quality', `the quality ${quoted(raw.quality || type.quality)} is not known.`)
  const value = exactDecimal(raw.value)
  if (value === null) return wrong('value', `${quoted(raw.value)} is no number.`)
  if (Number.isNaN(type.power)) return wrong('powerOfTenMultiplier', 'the value cannot be scaled.')
  const cost = raw.cost === '' ? null : exactDecimal(raw.cost)
  if (raw.cost !== '' && cost === null) return wrong('cost', `${quoted(raw.cost)} is no amount.`)
  const isRegister = type.channel === 'register'
  return {
    is: 'interval',
    line,
    meter,
    endpoint,
    account: null,
    channel: isRegister ? 'register' : 'interval',
    startsAt: isRegister ? endsAt : start,
    endsAt,
    seconds: isRegister ? 0 : seconds,
    value: shifted(value, type.power),
    unit: type.unit,
    quality,
    flow: type.flow,
    // Hundred-thousandths of the currency.
    cost: cost === null ? null : shifted(cost, -5),
  }
}

const noSkip = { is: 'skip', account: null, route: null, sequence: null, skipCode: null, note: null } as const

function wholeNumber(text: string): number | null {
  return /^\d{1,11}$/.test(text) ? Number(text) : null
}

/** The name of a usage point as the sender has it, without the dressing of an address. */
function plainSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
