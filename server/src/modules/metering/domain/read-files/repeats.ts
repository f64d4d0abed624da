/**
 * Hours that a file brings twice. Every series (meter, channel, unit) keeps the span it covers without a gap; an hour
 * inside a known span, or out of order, is looked up among the values themselves, of which a bounded number is kept.
 */
export type Repeats = {
  /** `new`, or what the same hour had before; `unknown` when it came before and its value is no longer kept. */
  see(
    series: string,
    startsAt: number,
    endsAt: number,
    value: string,
  ): 'new' | 'unknown' | { readonly before: string }
  /** False once the file has more series or values than are kept. */
  isWhole(): boolean
}

/** About 60 bytes each. */
const mostValues = 600_000
const mostSeries = 200_000

type Series = { from: number; to: number }

export function repeats(): Repeats {
  const spans = new Map<string, Series>()
  const values = new Map<string, Map<number, string>>()
  let kept = 0
  let whole = true
  let lastName = ''
  let lastSpan: Series | undefined
  let lastValues: Map<number, string> | undefined
  const keep = (name: string, startsAt: number, value: string) => {
    if (kept >= mostValues) {
      whole = false
      return
    }
    if (!lastValues) {
      lastValues = new Map()
      values.set(name, lastValues)
    }
    lastValues.set(startsAt, value)
    kept += 1
  }
  const see: Repeats['see'] = (name, startsAt, endsAt, value) => {
    if (name !== lastName) {
      lastName = name
      lastSpan = spans.get(name)
      lastValues = values.get(name)
    }
    if (!lastSpan) {
      if (spans.size >= mostSeries) {
        whole = false
        return 'new'
      }
      lastSpan = { from: startsAt, to: endsAt }
      spans.set(name, lastSpan)
      keep(name, startsAt, value)
      return 'new'
    }
    // A register value has no length: the same instant again is the same value again.
    if (startsAt > lastSpan.to || (startsAt === lastSpan.to && endsAt > startsAt)) {
      lastSpan.to = endsAt
      keep(name, startsAt, value)
      return 'new'
    }
    const before = lastValues?.get(startsAt)
    if (before !== undefined) {
      lastValues!.set(startsAt, value)
      return { before }
    }
    if (startsAt < lastSpan.from) lastSpan.from = startsAt
    if (endsAt > lastSpan.to) lastSpan.to = endsAt
    if (!whole) return 'unknown'
    keep(name, startsAt, value)
    return 'new'
  }
  return { see, isWhole: () => whole }
}
