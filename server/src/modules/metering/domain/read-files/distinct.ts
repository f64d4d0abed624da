/**
 * How many different names a long file holds, in eight bytes a name: 53-bit hashes in an open table. Two of a million
 * names fall together once in ten thousand files.
 */
export type Distinct = { add(name: string): void; count(): number }

export function distinct(): Distinct {
  let table = new Float64Array(1 << 12)
  let size = 0
  const place = (into: Float64Array, hash: number): number => {
    const mask = into.length - 1
    let at = (hash % into.length) & mask
    while (into[at] !== 0 && into[at] !== hash) at = (at + 1) & mask
    return at
  }
  const grow = () => {
    const wider = new Float64Array(table.length * 2)
    for (const hash of table) if (hash !== 0) wider[place(wider, hash)] = hash
    table = wider
  }
  return {
    add(name) {
      const hash = hashOf(name)
      const at = place(table, hash)
      if (table[at] === hash) return
      table[at] = hash
      size += 1
      if (size * 3 > table.length * 2) grow()
    },
    count: () => size,
  }
}

/** Two multiplicative hashes side by side; never 0. */
function hashOf(text: string): number {
  let high = 0x811c9dc5
  let low = 0x9747b28c
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul((low ^ code) + (low << 5), 0x85ebca6b) ^ (low >>> 13)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0) || 1
}
