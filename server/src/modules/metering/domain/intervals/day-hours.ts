/**
 * One day of one channel of one register, as it is kept: hour n is the n-th after local midnight. Values are whole
 * numbers of 10^-scale of the unit; NaN was not heard. The same law as `mergeHours`, on arrays: the newest delivery
 * counts, and a measured hour is never displaced by an estimate or a silence.
 */

export const mark = { none: 45, measured: 109, adjusted: 97, estimated: 101 } as const // - m a e
export type Mark = (typeof mark)[keyof typeof mark]

export type DayHours = {
  readonly day: number
  scale: number
  values: Float64Array
  readonly marks: Uint8Array
}

export type Put = 'added' | 'repeated' | 'replaced' | 'kept'

export function emptyDay(day: number, hours: number, scale: number): DayHours {
  return {
    day,
    scale,
    values: new Float64Array(hours).fill(Number.NaN),
    marks: new Uint8Array(hours).fill(mark.none),
  }
}

const rank = (code: number): number => (code === mark.none ? 0 : code === mark.estimated ? 1 : 2)

/** `value` in steps of the day's scale. */
export function putHour(day: DayHours, hour: number, value: number, code: Mark): Put {
  const before = day.marks[hour]!
  if (before !== mark.none) {
    if (before === code && day.values[hour] === value) return 'repeated'
    if (rank(before) > rank(code)) return 'kept'
  }
  day.values[hour] = value
  day.marks[hour] = code
  return before === mark.none ? 'added' : 'replaced'
}

export function rescale(day: DayHours, scale: number): void {
  const by = 10 ** (scale - day.scale)
  for (let hour = 0; hour < day.values.length; hour++) day.values[hour]! *= by
  day.scale = scale
}

export type Merge = { readonly added: number; readonly replaced: number; readonly repeated: number }

/** Lays later hours over earlier ones; `onto` is changed. */
export function mergeDay(onto: DayHours, later: DayHours): Merge {
  if (later.scale > onto.scale) rescale(onto, later.scale)
  else if (later.scale < onto.scale) rescale(later, onto.scale)
  let added = 0
  let replaced = 0
  let repeated = 0
  for (let hour = 0; hour < later.values.length; hour++) {
    const code = later.marks[hour] as Mark
    if (code === mark.none) continue
    const put = putHour(onto, hour, later.values[hour]!, code)
    if (put === 'added') added += 1
    else if (put === 'replaced') replaced += 1
    else repeated += 1
  }
  return { added, replaced, repeated }
}

export type Rollup = {
  /** Of a register channel: what it moved between its first and last value. */
  readonly total: number
  readonly heard: number
  readonly estimated: number
  readonly least: number | null
}

export function rollUp(day: DayHours, channel: 'use' | 'register'): Rollup {
  let [total, heard, estimated] = [0, 0, 0]
  let least = Number.POSITIVE_INFINITY
  let [first, last] = [Number.NaN, Number.NaN]
  for (let hour = 0; hour < day.values.length; hour++) {
    const code = day.marks[hour]
    if (code === mark.none) continue
    const value = day.values[hour]!
    heard += 1
    total += value
    if (code === mark.estimated) estimated += 1
    else if (value < least) least = value
    if (Number.isNaN(first)) first = value
    last = value
  }
  const moved = channel === 'register' && heard > 0 ? last - first : total
  return { total: moved, heard, estimated, least: least === Number.POSITIVE_INFINITY ? null : least }
}

/** `{1,2,NULL}` */
export function valuesText({ values }: DayHours): string {
  let text = '{'
  for (let hour = 0; hour < values.length; hour++) {
    const value = values[hour]!
    text += (hour === 0 ? '' : ',') + (Number.isNaN(value) ? 'NULL' : value)
  }
  return `${text}}`
}

export function marksText({ marks }: DayHours): string {
  return String.fromCharCode(...marks)
}

export function dayOf(day: number, scale: number, values: string, marks: string): DayHours {
  const parts = values.slice(1, -1).split(',')
  return {
    day,
    scale,
    values: Float64Array.from(parts, part => (part === 'NULL' ? Number.NaN : Number(part))),
    marks: Uint8Array.from(marks, letter => letter.charCodeAt(0)),
  }
}

/** Steps and decimal places of decimal text: `12.50` is 1250 steps of 10^-2. Null beyond what is exact. */
export function stepsOf(text: string): { steps: number; scale: number } | null {
  let at = text.charCodeAt(0) === 45 ? 1 : 0
  const sign = at === 1 ? -1 : 1
  let steps = 0
  let scale = 0
  const { length } = text
  if (length - at > 16) return null
  for (; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === 46) scale = length - at - 1
    else steps = steps * 10 + code - 48
  }
  return scale > 6 || !Number.isSafeInteger(steps) ? null : { steps: sign * steps, scale }
}
