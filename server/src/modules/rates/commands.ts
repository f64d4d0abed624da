import { addMonths, formatInstant, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../platform/context.ts'
import { getDistrict, getRuleBook, ruleOf } from '../policy/index.ts'
import type { rates } from './contract.ts'
import { checkPublishing, checkTariffText, publishingErrors as errors } from './domain/publishing.ts'
import { weatherErrors } from './domain/weather-errors.ts'
import type { WeatherFile } from './domain/weather-file.ts'
import { type Filled, type FillRule, fillWeather, sameDays } from './domain/weather-fill.ts'
import { describeVersion } from './queries.ts'
import * as store from './store.ts'

/** Adopts a version. The open one before it ends on the day it begins; nothing else of it changes. */
export async function publishVersion(
  ctx: Ctx,
  input: Input<typeof rates.publishVersion>,
): Promise<Output<typeof rates.publishVersion>> {
  const { tariff, effectiveFrom, citation, owrs } = input
  const { billUnit } = await getDistrict(ctx)
  if (!(await store.lockTariff(ctx.tx, tariff))) {
    if (!input.name) throw refuse(errors, 'rates.name-missing', { tariff }, 'name')
    await store.insertTariff(ctx.tx, tariff, input.name)
    await store.lockTariff(ctx.tx, tariff)
  }
  const earlier = (await store.listVersions(ctx.tx)).filter(version => version.tariff === tariff)
  const checked = checkTariffText(owrs, `Tariff ${tariff}`, billUnit)
  checkPublishing(checked, { tariff, effectiveFrom, today: ctx.today }, earlier)
  const open = earlier.find(version => version.effectiveTo === null)
  if (open?.sha256 === store.sha256Of(owrs))
    throw refuse(errors, 'rates.same-text', { from: open.effectiveFrom }, 'owrs')

  if (open) await store.updateVersionEnd(ctx.tx, open.tariffVersionId, effectiveFrom)
  const publishedBy = ctx.actor.personId
  const row = await store.insertVersion(ctx.tx, {
    tariff,
    effectiveFrom,
    effectiveTo: null,
    owrs,
    citation,
    publishedBy,
  })
  const { tariffVersionId, sha256 } = row
  const endedVersionId = open?.tariffVersionId ?? null
  ctx.audit({
    subject: `tariff-version:${tariffVersionId}`,
    reason: citation,
    before: { openVersion: endedVersionId },
    after: { tariff, effectiveFrom, sha256 },
  })
  ctx.tell({ name: 'rates.version-published', subject: { tariffVersionId, tariff, effectiveFrom } })
  return { ...describeVersion(row, ctx.today), tariff, endedVersionId, findings: checked.findings }
}

type WeatherToImport = {
  readonly file: WeatherFile
  readonly fileName: string
  readonly sha256: Buffer
  /** Null: the zone its station was imported for before. */
  readonly zone: string | null
}

export type ImportedWeather = {
  readonly station: string
  readonly zone: string
  readonly rows: number
  readonly first: LocalDate
  readonly last: LocalDate
  /** Days written; the others were measured and on record before. */
  readonly written: number
  readonly etoInches: number
  readonly filled: readonly { readonly on: LocalDate; readonly how: string }[]
  readonly missing: Filled['missing']
}

/** Weather as it came, and the days that budgets use of it: whole or not at all. Throws rates.weather-twice, -zone. */
export async function importWeather(ctx: Ctx, weather: WeatherToImport): Promise<ImportedWeather> {
  const { file, fileName, sha256 } = weather
  const { station, readings, rows } = file
  const zone = weather.zone ?? (await store.findStationZone(ctx.tx, station))
  if (zone === null) {
    const zones = (await store.listZones(ctx.tx)).join(', ')
    throw refuse(weatherErrors, 'rates.weather-zone', { station: station || 'of this file', zones })
  }
  const [first, last] = [readings[0]!.on, readings.at(-1)!.on]
  const head = { fileName, sha256, station, zone, rows, firstOn: first, lastOn: last }
  const importId = await store.insertWeatherImport(ctx.tx, { ...head, at: ctx.now, by: ctx.actor.personId })
  if (importId === null) {
    const known = (await store.findWeatherImport(ctx.tx, sha256, zone))!
    const on = formatInstant(known.at, ctx.timeZone)
    throw refuse(weatherErrors, 'rates.weather-twice', { name: known.name, on, zone })
  }
  await store.insertWeatherReadings(ctx.tx, importId, readings)
  const rule = ruleOf(await getRuleBook(ctx, ctx.today, ['WB-008']), 'WB-008').value as FillRule
  const known = await store.listWeather(ctx.tx, {
    zone,
    from: addMonths(first, -120),
    to: addMonths(last, 120),
  })
  const before = known
    .filter(day => day.filledHow === null)
    .map(day => ({ on: day.on, eto: Number(day.etInches) }))
  const usable = readings.flatMap(({ on, eto, problem }) =>
    eto !== null && problem === null && eto >= 0 && eto <= rule.mostInches ? [{ on, eto }] : [],
  )
  const { days, missing } = fillWeather(readings, rule, sameDays([...before, ...usable]))
  const source = `station ${station}, import ${importId}`
  const written = await store.upsertWeatherDays(ctx.tx, { zone, source }, days)
  ctx.audit({ subject: `weather-import:${importId}`, after: { zone, station, first, last, written } })
  ctx.tell({ name: 'rates.weather-imported', subject: { zone, first, last } })
  return {
    ...{ station, zone, rows, first, last, written, missing },
    etoInches: Math.round(days.reduce((sum, day) => sum + day.eto, 0) * 1000) / 1000,
    filled: days.flatMap(({ on, how }) => (how === null ? [] : [{ on, how }])),
  }
}
