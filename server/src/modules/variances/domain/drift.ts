/**
 * The household that is claimed against the water used in winter, when little goes to the garden. It is a hint to ask
 * a question: people travel, save, or fill a pool, so it never decides anything.
 */

export type WinterUse = { readonly days: number; readonly gallons: number }

const littlePerPerson = 25
const muchPerPerson = 90
const leastDays = 50

export function driftHint(persons: number, winter: readonly WinterUse[]): string | null {
  const days = winter.reduce((sum, one) => sum + one.days, 0)
  if (days < leastDays || persons < 1) return null
  const gallons = winter.reduce((sum, one) => sum + one.gallons, 0)
  const perDay = Math.round(gallons / days)
  const each = Math.round(gallons / days / persons)
  const figures = `Winter use was ${perDay} gallons a day, ${each} for each of ${persons} people`
  if (each < littlePerPerson) return `${figures}: little for so many. Ask who lives there all year.`
  if (each > muchPerPerson) return `${figures}: much for so few. There may be more people, or a leak.`
  return `${figures}: it fits.`
}
