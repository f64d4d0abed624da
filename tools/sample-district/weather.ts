/**
 * Daily reference evapotranspiration and rain for three zones. The climate is that of an inland Californian valley:
 * 50 to 60 inches of ET a year, about 8 in July (compare CIMIS station 6, Davis), rain from November to April.
 */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { randomFor } from './random.ts'

export const zones = ['A', 'B', 'C'] as const
export type Zone = (typeof zones)[number]

const etByMonth = [0.045, 0.08, 0.125, 0.18, 0.235, 0.27, 0.275, 0.245, 0.19, 0.125, 0.065, 0.042] as const
const rainyDays = [0.3, 0.28, 0.24, 0.14, 0.08, 0.02, 0.005, 0.005, 0.03, 0.09, 0.2, 0.29] as const
const factorOfZone: Readonly<Record<Zone, number>> = { A: 0.94, B: 1, C: 1.06 }

export type WeatherDay = {
  zone: Zone
  on: LocalDate
  etoInches: number
  rainInches: number
  filledHow: string | null
}

export function makeWeather(seed: number, from: LocalDate, to: LocalDate): WeatherDay[] {
  const days: WeatherDay[] = []
  for (let i = 0; i < daysBetween(from, to); i += 1) {
    const on = addDays(from, i)
    const random = randomFor(seed, `weather ${on}`)
    const month = Number(on.slice(5, 7)) - 1
    const rains = random.chance(rainyDays[month]!)
    const rain = rains ? Math.round(-Math.log(1 - random.next()) * 0.35 * 100) / 100 : 0
    const swing = 1 + random.normal() * 0.16 - (rains ? 0.35 : 0)
    for (const zone of zones) {
      const eto = Math.max(0.005, etByMonth[month]! * factorOfZone[zone] * swing)
      const filled = random.chance(0.002) ? 'station silent; mean of the neighbouring stations' : null
      days.push({ zone, on, etoInches: Math.round(eto * 1000) / 1000, rainInches: rain, filledHow: filled })
    }
  }
  return days
}

/** Mean daily ET by month relative to the year's mean: the shape of outdoor use. */
export function seasonOf(on: LocalDate): number {
  const mean = etByMonth.reduce((a, b) => a + b, 0) / 12
  return etByMonth[Number(on.slice(5, 7)) - 1]! / mean
}
