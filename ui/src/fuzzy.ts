export type FuzzyMatch = { score: number; at: readonly number[] }

/**
 * How well typed letters stand in a text, in order: whole words and word beginnings count most, gaps cost.
 * Null when a letter is missing. `at` are the places that matched, to be marked.
 */
export function fuzzyMatch(typed: string, text: string): FuzzyMatch | null {
  const want = typed.trim().toLowerCase()
  const have = text.toLowerCase()
  if (want === '') return { score: 0, at: [] }
  const whole = have.indexOf(want)
  if (whole >= 0) {
    const atWord = whole === 0 || /[\s/·-]/.test(have[whole - 1]!)
    const at = Array.from(want, (_, offset) => whole + offset)
    return { score: (atWord ? 200 : 100) - whole, at }
  }
  const at: number[] = []
  let score = 0
  let from = 0
  for (const letter of want.replaceAll(' ', '')) {
    const place = nextPlace(have, letter, from)
    if (place < 0) return null
    const startsWord = place === 0 || /[\s/·-]/.test(have[place - 1]!)
    score += startsWord ? 8 : place === from ? 4 : -Math.min(4, place - from)
    at.push(place)
    from = place + 1
  }
  return { score, at }
}

/** The letter right here, else at the start of a word further on, else anywhere. */
function nextPlace(have: string, letter: string, from: number): number {
  if (have[from] === letter) return from
  for (let place = from; place < have.length; place++) {
    if (have[place] === letter && (place === 0 || /[\s/·-]/.test(have[place - 1]!))) return place
  }
  return have.indexOf(letter, from)
}

/** Things whose text matches, best first; equals keep their order. */
export function fuzzyFilter<T>(typed: string, things: readonly T[], text: (thing: T) => string): T[] {
  if (typed.trim() === '') return [...things]
  return things
    .map(thing => ({ thing, match: fuzzyMatch(typed, text(thing)) }))
    .filter(entry => entry.match !== null)
    .sort((a, b) => b.match!.score - a.match!.score)
    .map(entry => entry.thing)
}
