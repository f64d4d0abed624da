/** Deterministic chance: the same seed and the same name always give the same numbers, in any order of making. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number
  /** Whole number in [low, high]. */
  int(low: number, high: number): number
  /** Standard normal. */
  normal(): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Picks by weight; weights need not add up to one. */
  weighted<T>(items: readonly (readonly [T, number])[]): T
}

/** sfc32 started from a hash of the seed and a key, so that every account has a stream of its own. */
export function randomFor(seed: number, key: string): Random {
  let h = 2166136261 ^ seed
  for (let i = 0; i < key.length; i += 1) h = Math.imul(h ^ key.charCodeAt(i), 16777619)
  let a = h | 0
  let b = Math.imul(h ^ 0x9e3779b9, 0x85ebca6b) | 0
  let c = Math.imul(h ^ 0x7f4a7c15, 0xc2b2ae35) | 0
  let d = 1
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i += 1) next()
  const random: Random = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: probability => next() < probability,
    pick: items => items[Math.floor(next() * items.length)]!,
    weighted(items) {
      let total = 0
      for (const [, weight] of items) total += weight
      let at = next() * total
      for (const [item, weight] of items) {
        at -= weight
        if (at < 0) return item
      }
      return items[items.length - 1]![0]
    },
  }
  return random
}
