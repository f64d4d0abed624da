import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { Input as In, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { TariffVersionId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { getDistrict } from '../policy/index.ts'
import type { rates } from './contract.ts'
import { describeParts } from './domain/describe.ts'
import {
  compileClass,
  evaluate,
  parseTariff,
  type RateClass,
  requiredInputs,
  type Tariff,
  type TariffVersion,
} from './domain/index.ts'
import { checkTariffText, publishingErrors as errors } from './domain/publishing.ts'
import type { VersionRow } from './store.ts'
import * as store from './store.ts'

/** What a text becomes once: the tariff, and its classes as they are asked for. */
type Parsed = { readonly tariff: Tariff; readonly classes: Map<string, RateClass> }

/** A published version, read and ready: its classes are compiled once and then shared. */
export type LoadedVersion = VersionRow & { readonly parsed: Parsed }

/**
 * Parsed tariffs by the hash of their text: a pure cache (the same text is the same tariff for ever), so that an
 * account's screen parses nothing. The least recently used beyond sixty-four are dropped.
 */
const cache = new Map<string, Parsed>()
const cacheSize = 64

function keep(sha256: string, entry: Parsed): Parsed {
  cache.delete(sha256)
  cache.set(sha256, entry)
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value!)
  return entry
}

async function load(ctx: Ctx, rows: readonly VersionRow[]): Promise<LoadedVersion[]> {
  const known = rows.map(row => cache.get(row.sha256))
  const wanted = rows.filter((_, i) => !known[i]).map(row => row.tariffVersionId)
  const texts = wanted.length > 0 ? await store.listTexts(ctx.tx, wanted) : []
  const textOf = new Map(texts.map(text => [text.tariffVersionId, text.owrs]))
  return rows.map((row, i) => {
    const entry = known[i] ?? {
      tariff: parseTariff(textOf.get(row.tariffVersionId)!, fileOf(row)),
      classes: new Map(),
    }
    return { ...row, parsed: keep(row.sha256, entry) }
  })
}

/** What messages call a version: `water, from 2026-07-01`. */
const fileOf = (row: VersionRow): string => `${row.tariff}, from ${row.effectiveFrom}`

/** The versions of tariffs in force on any day of `[from, to)`, oldest first. */
export async function getTariffVersions(
  ctx: Ctx,
  tariffs: readonly string[],
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<LoadedVersion[]> {
  return load(ctx, await store.listVersionsIn(ctx.tx, { tariffs, from, to }))
}

export async function getTariffVersionsById(ctx: Ctx, ids: readonly bigint[]): Promise<LoadedVersion[]> {
  return ids.length === 0 ? [] : load(ctx, await store.listVersionsById(ctx.tx, ids))
}

/** A version's class as the engine takes it. Throws `rates.unknown-class`. */
export function asEngineVersion(version: LoadedVersion, className: string): TariffVersion {
  const { tariff, classes } = version.parsed
  let rateClass = classes.get(className)
  if (!rateClass) {
    rateClass = compileClass(tariff, className)
    classes.set(className, rateClass)
  }
  const { effectiveFrom, effectiveTo } = version
  return { id: String(version.tariffVersionId), effectiveFrom, effectiveTo, rateClass }
}

export type WeatherDays = {
  readonly etByDay: readonly string[]
  readonly etInches: number
  readonly rainInches: number
  readonly filledDays: number
  /** Which days were not measured, and how each was filled. */
  readonly filled: readonly { readonly on: LocalDate; readonly how: string }[]
}

/** Daily ET of a zone over `[from, to)`. Throws `rates.weather-missing`: a budget is never made of guesses. */
export async function getDailyEt(
  ctx: Ctx,
  zone: string,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<WeatherDays> {
  const days = await store.listWeather(ctx.tx, { zone, from, to })
  if (days.length !== Math.max(0, daysBetween(from, to))) {
    const known = new Set(days.map(day => day.on))
    let on = from
    while (known.has(on)) on = addDays(on, 1)
    throw refuse(errors, 'rates.weather-missing', { zone, on })
  }
  const sum = (field: 'etInches' | 'rainInches') => days.reduce((total, day) => total + Number(day[field]), 0)
  return {
    etByDay: days.map(day => day.etInches),
    etInches: Math.round(sum('etInches') * 1000) / 1000,
    rainInches: Math.round(sum('rainInches') * 1000) / 1000,
    filledDays: days.filter(day => day.filledHow !== null).length,
    filled: days.flatMap(({ on, filledHow }) => (filledHow === null ? [] : [{ on, how: filledHow }])),
  }
}

export const describeVersion = (row: VersionRow, today: LocalDate) => ({
  tariffVersionId: row.tariffVersionId,
  effectiveFrom: row.effectiveFrom,
  effectiveTo: row.effectiveTo,
  citation: row.citation,
  sha256: row.sha256,
  publishedAt: row.publishedAt,
  isInForce: row.effectiveFrom <= today && (row.effectiveTo === null || today < row.effectiveTo),
})

export async function listTariffs(ctx: Ctx): Promise<Output<typeof rates.listTariffs>> {
  const byCode = Map.groupBy(await store.listVersions(ctx.tx), row => row.tariff)
  return [...byCode].map(([code, rows]) => ({
    code,
    name: rows[0]!.tariffName,
    versions: rows.map(row => describeVersion(row, ctx.today)),
  }))
}

export async function getVersion(
  ctx: Ctx,
  { tariffVersionId }: In<typeof rates.getVersion>,
): Promise<Output<typeof rates.getVersion>> {
  const [row] = await store.listVersionsById(ctx.tx, [tariffVersionId])
  const [text] = row ? await store.listTexts(ctx.tx, [tariffVersionId]) : []
  if (!row || !text) throw refuse(errors, 'rates.unknown-version')
  const { billUnit } = await getDistrict(ctx)
  const { tariff, findings } = checkTariffText(text.owrs, fileOf(row), billUnit)
  const classes = tariff ? classesOf(tariff) : []
  return { ...describeVersion(row, ctx.today), tariff: row.tariff, owrs: text.owrs, classes, findings }
}

export function classesOf(tariff: Tariff): Output<typeof rates.checkTariff>['classes'] {
  return [...tariff.classes.keys()].map(name => {
    const rateClass = compileClass(tariff, name)
    return {
      name,
      parts: describeParts(rateClass),
      needs: requiredInputs(rateClass).map(input => input.name),
    }
  })
}

export async function checkTariff(
  ctx: Ctx,
  { owrs }: In<typeof rates.checkTariff>,
): Promise<Output<typeof rates.checkTariff>> {
  const { billUnit } = await getDistrict(ctx)
  const { tariff, findings } = checkTariffText(owrs, 'This text', billUnit)
  return {
    isPublishable: findings.every(finding => finding.severity !== 'error'),
    sha256: store.sha256Of(owrs),
    classes: tariff ? classesOf(tariff) : [],
    findings,
  }
}

export async function evaluateTariff(
  ctx: Ctx,
  input: In<typeof rates.evaluateTariff>,
): Promise<Output<typeof rates.evaluateTariff>> {
  if ((input.tariffVersionId === undefined) === (input.owrs === undefined))
    throw refuse(errors, 'rates.nothing-to-evaluate', {}, 'owrs')
  const rateClass = input.owrs
    ? compileClass(parseTariff(input.owrs, 'This text'), input.className)
    : await publishedClass(ctx, input.tariffVersionId!, input.className)
  const { total, trace, tiers } = evaluate(rateClass, input.inputs, { trace: true })
  return {
    total: total.toFixed(),
    components: (trace ?? []).map(step => ({
      name: step.part,
      value: step.value?.toFixed() ?? '',
      formula: step.formula ?? step.key ?? step.how,
    })),
    tiers: Object.entries(tiers).map(([part, lines]) => ({
      part,
      tiers: lines.map(line => ({
        from: line.from.toFixed(),
        to: line.to?.toFixed() ?? null,
        quantity: line.quantity.toFixed(),
        price: line.price.toFixed(),
        charge: line.charge.toFixed(),
      })),
    })),
  }
}

async function publishedClass(ctx: Ctx, id: TariffVersionId, className: string): Promise<RateClass> {
  const [version] = await getTariffVersionsById(ctx, [id])
  if (!version) throw refuse(errors, 'rates.unknown-version')
  return asEngineVersion(version, className).rateClass
}
