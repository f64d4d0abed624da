/**
 * Hours that a file brings twice. Every series (meter, channel, unit) keeps the span it reaches over; an hour that
 * does not lie behind that span is looked up among the values, of which a bounded number is kept, in flat tables
 * that cost the same for any file.
 */
export type Repeats = {
  /** `new`, or what the same hour had before; `unknown` when it may have come before and is no longer kept. */
  see(
    series: string,
    startsAt: number,
    endsAt: number,
    value: string,
  ): 'new' | 'unknown' | { readonly before: string }
}

/** Just below two thirds of 2^20, where the table would double. */
const mostValues = 690_000
const mostSeries = 200_000
/** Seconds since 1970 fit below it until 2242. */
const span = 2 ** 33

export function repeats(): Repeats {
  const numbers = new Map<string, number>()
  const from: number[] = []
  const to: number[] = []
  const kept = valueTable(mostValues)
  let lastName = ''
  let last = -1
  let isWhole = true
  const keep = (startsAt: number, value: string) => {
    if (!kept.put(last * span + startsAt, value)) isWhole = false
    return 'new' as const
  }
  const openSeries = (name: string, startsAt: number, endsAt: number): boolean => {
    if (from.length >= mostSeries) return false
    last = from.length
    numbers.set(name, last)
    from.push(startsAt)
    to.push(endsAt)
    return true
  }
  const see: Repeats['see'] = (name, startsAt, endsAt, value) => {
    if (name !== lastName) {
      lastName = name
      last = numbers.get(name) ?? -1
    }
    if (last < 0) {
      if (openSeries(name, startsAt, endsAt)) return keep(startsAt, value)
      isWhole = false
      return 'new'
    }
    // A register value has no length: the same instant again is the same value again.
    if (startsAt > to[last]! || (startsAt === to[last] && endsAt > startsAt)) {
      to[last] = endsAt
      return keep(startsAt, value)
    }
    const before = kept.get(last * span + startsAt)
    if (before !== null) {
      kept.put(last * span + startsAt, value)
      return { before }
    }
    if (startsAt < from[last]!) from[last] = startsAt
    if (endsAt > to[last]!) to[last] = endsAt
    return isWhole ? keep(startsAt, value) : 'unknown'
  }
  return { see }
}

type ValueTable = {
  /** Null when nothing is kept for the key. */
  get(key: number): string | null
  /** False when it was not kept: the table is full, or the value has more digits than a machine number. */
  put(key: number, value: string): boolean
}

/** Open addressing over two flat arrays: 16 bytes a place, whatever the values look like. */
function valueTable(most: number): ValueTable {
  let keys = new Float64Array(1 << 10).fill(-1)
  let values = new Float64Array(1 << 10)
  let size = 0
  const place = (table: Float64Array, key: number): number => {
    const mask = table.length - 1
    let at = (Math.imul((key % 4_294_967_291) | 0, 0x9e3779b1) >>> 7) & mask
    while (table[at] !== -1 && table[at] !== key) at = (at + 1) & mask
    return at
  }
  const grow = () => {
    const [oldKeys, oldValues] = [keys, values]
    keys = new Float64Array(oldKeys.length * 2).fill(-1)
    values = new Float64Array(oldKeys.length * 2)
    oldKeys.forEach((key, at) => {
      if (key === -1) return
      const to = place(keys, key)
      keys[to] = key
      values[to] = oldValues[at]!
    })
  }
  return {
    get(key) {
      const at = place(keys, key)
      return keys[at] === -1 ? null : String(values[at])
    },
    put(key, value) {
      const number = Number(value)
      if (String(number) !== value) return false
      const at = place(keys, key)
      if (keys[at] === -1) {
        if (size >= most) return false
        keys[at] = key
        size += 1
      }
      values[at] = number
      if (size * 3 > keys.length * 2) grow()
      return true
    },
  }
}
