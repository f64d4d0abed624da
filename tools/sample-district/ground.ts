/** What every bill of the sample is made with: policy of the packs, compiled tariffs, ET by day. */
import { readdirSync, readFileSync } from 'node:fs'
import { addMonths, dayNumber, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { type BillingPolicy, billingPolicy } from '../../server/src/modules/billing/domain/proration.ts'
import { type RuleBook, ruleOf } from '../../server/src/modules/policy/domain.ts'
import { packs } from '../../server/src/modules/policy/packs/index.ts'
import { compileClass, parseTariff, type TariffVersion } from '../../server/src/modules/rates/domain/index.ts'
import type { WeatherDay, Zone } from './weather.ts'

const tariffFolder = new URL('../../server/src/modules/rates/tariffs/', import.meta.url)

export type Ground = {
  today: LocalDate
  policy: BillingPolicy
  /** Where none is recorded (SWR-002). */
  sewerStrength: string
  versions: Versions
  et: EtByDay
}
export type Versions = (tariff: 'water' | 'sewer', rateClass: string) => readonly TariffVersion[]
export type EtByDay = (zone: Zone, from: LocalDate, to: LocalDate) => readonly string[]

/** How far back the district knows anything: two years of bills and the reads before the first. */
export const firstDayOf = (today: LocalDate): LocalDate => addMonths(today, -27)

/** `firstFrom` lets the first tariff reach back, for imports of earlier years. */
export function layGround(weather: readonly WeatherDay[], today: LocalDate, firstFrom?: LocalDate): Ground {
  const book = bookOfPacks(today)
  return {
    today,
    policy: billingPolicy(book),
    sewerStrength: String(ruleOf(book, 'SWR-002').value),
    versions: loadVersions(firstFrom),
    et: etOf(weather),
  }
}

function bookOfPacks(on: LocalDate): RuleBook {
  return {
    on,
    byCode: new Map(
      packs.map((rule, at) => [rule.code, { ...rule, ruleId: BigInt(at + 1), effectiveTo: null }]),
    ),
  }
}

/** Versions in file order have the ids that `writeTariffs` gives them. */
function loadVersions(firstFrom?: LocalDate): Versions {
  const files = readdirSync(tariffFolder)
    .filter(name => name.endsWith('.owrs'))
    .sort()
  const loaded = files.map((name, at) => {
    const [, code, on] = /^(water|sewer)-(\d{4}-\d{2}-\d{2})\.owrs$/.exec(name)!
    const tariff = parseTariff(readFileSync(new URL(name, tariffFolder), 'utf8'), name)
    const next = files.find(other => other.startsWith(code!) && other > name)
    const until = next ? localDate(/\d{4}-\d{2}-\d{2}/.exec(next)![0]) : null
    const isFirst = files.find(other => other.startsWith(code!)) === name
    const effectiveFrom = isFirst && firstFrom ? firstFrom : localDate(on!)
    return { code, tariff, id: String(at + 1), effectiveFrom, effectiveTo: until }
  })
  const kept = new Map<string, readonly TariffVersion[]>()
  return (tariff, rateClass) => {
    const key = `${tariff} ${rateClass}`
    const versions =
      kept.get(key) ??
      loaded
        .filter(version => version.code === tariff)
        .map(({ tariff: parsed, id, effectiveFrom, effectiveTo }) => ({
          id,
          effectiveFrom,
          effectiveTo,
          rateClass: compileClass(parsed, rateClass),
        }))
    kept.set(key, versions)
    return versions
  }
}

function etOf(weather: readonly WeatherDay[]): EtByDay {
  const first = dayNumber(weather[0]!.on)
  const zones = new Map<Zone, string[]>()
  for (const zone of new Set(weather.map(day => day.zone))) {
    zones.set(
      zone,
      weather.filter(day => day.zone === zone).map(day => String(day.etoInches)),
    )
  }
  const kept = new Map<string, readonly string[]>() // a book is read on one day: few periods, many accounts
  return (zone, from, to) => {
    const key = `${zone} ${from} ${to}`
    const days = kept.get(key) ?? zones.get(zone)!.slice(dayNumber(from) - first, dayNumber(to) - first)
    kept.set(key, days)
    return days
  }
}
