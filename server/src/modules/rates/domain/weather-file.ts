/**
 * Daily reference evapotranspiration out of a weather file: CIMIS daily and hourly CSV, the CIMIS Web API's JSON, and
 * AgriMet's daily CSV. The file's own text of every value is kept; what is said of a day here is what a budget may use.
 *
 * Oddities of real files (README of the station, CIMIS Web API): blanks inside numbers, dates as M/D/YYYY, the column
 * `qc` behind every value under the same name, hour 2400 for the last hour of a day (PST all year), values as text
 * with a flag beside them, nulls, small negative ETo on winter days.
 */
import { isLocalDate, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { weatherErrors } from './weather-errors.ts'

export type WeatherReading = {
  readonly on: LocalDate
  /** As in the file. */
  readonly rawEto: string
  readonly qc: string
  readonly rawRain: string
  /** Inches; null where the file has no usable number. */
  readonly eto: number | null
  readonly rain: number
  /** Why it is not used as it stands. */
  readonly problem: string | null
}

export type WeatherFile = {
  readonly station: string
  readonly rows: number
  /** One a day, oldest first. */
  readonly readings: readonly WeatherReading[]
}

type Cell = { readonly value: string; readonly qc: string }
type Row = {
  readonly line: number
  readonly date: string
  readonly station: string
  readonly eto: Cell
  readonly rain: Cell
  /** 100 … 2400 in an hourly file. */
  readonly hour: string | null
  readonly inMillimetres: boolean
}

const bad = (line: number, field: string, problem: string) =>
  refuse(weatherErrors, 'rates.weather-file', { line, field, problem }, field)

/** Reads line by line and holds one entry a day, whatever the size of the file. Throws rates.weather-file. */
export async function readWeatherCsv(
  lines: AsyncIterable<string> | Iterable<string>,
  wanted: string | null,
): Promise<WeatherFile> {
  let read: ((text: string, line: number) => Row) | null = null
  const days = startDays(wanted)
  let line = 0
  for await (const raw of lines) {
    line += 1
    const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw
    if (text.trim() === '') continue
    if (read === null) read = rowReader(text, line)
    else days.take(read(text, line))
  }
  if (read === null) throw bad(1, 'file', 'it is empty')
  return days.finish()
}

/** The answer of the CIMIS Web API. Throws rates.weather-file. */
export function readWeatherJson(text: string, wanted: string | null): WeatherFile {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw bad(1, 'file', 'it begins like JSON but is cut off or not JSON')
  }
  const providers = (parsed as { Data?: { Providers?: unknown } } | null)?.Data?.Providers
  if (!Array.isArray(providers)) throw bad(1, 'Data.Providers', 'the list of providers is missing')
  const days = startDays(wanted)
  let line = 0
  for (const provider of providers as { Records?: unknown }[]) {
    const records = Array.isArray(provider?.Records) ? provider.Records : []
    for (const record of records as Record<string, unknown>[]) {
      line += 1
      days.take(rowOfRecord(record ?? {}, line))
    }
  }
  return days.finish()
}

function rowOfRecord(record: Record<string, unknown>, line: number): Row {
  const cell = (...names: string[]): Cell => {
    const found = names.map(name => record[name]).find(one => one !== undefined && one !== null)
    const { Value, Qc } = (found ?? {}) as { Value?: unknown; Qc?: unknown }
    return { value: Value === null || Value === undefined ? '' : String(Value), qc: String(Qc ?? '').trim() }
  }
  const eto = cell('DayAsceEto', 'HlyAsceEto', 'DayEto', 'HlyEto')
  const text = (name: string) => (typeof record[name] === 'string' ? (record[name] as string) : '')
  return {
    line,
    date: text('Date'),
    station: text('Station'),
    eto,
    rain: cell('DayPrecip', 'HlyPrecip'),
    hour: record.Scope === 'hourly' ? text('Hour') : null,
    inMillimetres: record.Standard === 'metric',
  }
}

const etoNames = ['eto_in', 'eto', 'etos', 'asce_eto', 'dayasceeto', 'eto_mm', 'cimis_eto']
const rainNames = ['precip_in', 'precip', 'dayprecip', 'precip_mm', 'rain', 'pp']
const stationNames = ['station', 'stn_id', 'station_id', 'station_name']

const plainName = (text: string): string =>
  text
    .trim()
    .replace(/^"|"$/g, '')
    .toLowerCase()
    .replace(/\((in|pst)\)/g, '')
    .replace(/\(mm\)/g, '_mm')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')

const bare = (text: string): string =>
  text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()

/** A comma inside quotes belongs to the value. */
function cells(text: string): string[] {
  if (!text.includes('"')) return text.split(',').map(one => one.trim())
  return [...text.matchAll(/(?:^|,)((?:"[^"]*"|[^,"])*)/g)].map(match => bare(match[1]!))
}

function rowReader(head: string, line: number): (text: string, line: number) => Row {
  const names = cells(head).map(plainName)
  const at = (wanted: readonly string[]) => names.findIndex(name => wanted.includes(name))
  const [date, eto, rain, station, hour] = [
    at(['date']),
    at(etoNames),
    at(rainNames),
    at(stationNames),
    at(['hour', 'hour_pst']),
  ]
  const parts = [at(['year']), at(['month']), at(['day'])]
  if (eto < 0) throw bad(line, 'eto', 'no column of ETo is named in the first line')
  if (date < 0 && parts.includes(-1)) throw bad(line, 'date', 'no column of dates is named in the first line')
  const qcOf = (index: number) => (index >= 0 && names[index + 1] === 'qc' ? index + 1 : -1)
  const [etoQc, rainQc] = [qcOf(eto), qcOf(rain)]
  const inMillimetres = names[eto]!.endsWith('_mm')
  return (text, row) => {
    const values = cells(text)
    if (values.length < names.length)
      throw bad(row, 'columns', `${values.length} values where ${names.length} are named`)
    return {
      line: row,
      date: date >= 0 ? values[date]! : parts.map(one => values[one]!).join('-'),
      station: station >= 0 ? values[station]! : '',
      eto: { value: values[eto]!, qc: etoQc < 0 ? '' : values[etoQc]! },
      rain: { value: rain < 0 ? '' : values[rain]!, qc: rainQc < 0 ? '' : values[rainQc]! },
      hour: hour < 0 ? null : values[hour]!,
      inMillimetres,
    }
  }
}

/** `2010-01-31`, `1/31/2010`, `2010-1-31`. */
export function readWeatherDate(text: string): LocalDate | null {
  const tidy = text.replace(/\s+/g, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(tidy)
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(tidy)
  const [year, month, day] = iso ? iso.slice(1) : us ? [us[3], us[1], us[2]] : []
  if (!year || !month || !day) return null
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isLocalDate(on) ? on : null
}

/** Blanks inside a number are padding; an empty or `--` value is none. */
export function readWeatherNumber(text: string): number | null {
  const tidy = text.replace(/\s+/g, '')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(tidy)) return null
  return Number(tidy)
}

type Day = { line: number; eto: Cell; rain: Cell; inMillimetres: boolean; hours: Map<number, Cell> | null }

function startDays(wanted: string | null) {
  const days = new Map<LocalDate, Day>()
  let rows = 0
  let station: string | null = null
  return {
    take(row: Row): void {
      if (wanted !== null && row.station !== wanted) return
      rows += 1
      station ??= row.station
      if (row.station !== station)
        throw bad(
          row.line,
          'station',
          `stations ${station} and ${row.station} in one file; choose one with --station`,
        )
      const on = readWeatherDate(row.date)
      if (on === null) throw bad(row.line, 'date', `“${row.date.slice(0, 40)}” is no date`)
      checkNumber(row, 'eto', row.eto)
      if (row.hour === null) takeDay(days, on, row)
      else takeHour(days, on, row, row.hour)
    },
    finish(): WeatherFile {
      if (rows === 0)
        throw bad(1, 'file', wanted ? `it holds nothing of station ${wanted}` : 'it holds no day')
      const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
      return { station: station ?? '', rows, readings: sorted.map(([on, day]) => readingOf(on, day)) }
    },
  }
}

/** Letters where a number belongs are a wrong file; nothing, `--` and a flag are a missing value. */
function checkNumber(row: Row, field: string, { value }: Cell): void {
  if (readWeatherNumber(value) !== null || /^(\s|-)*$/.test(value) || /^(null|nan|m)$/i.test(value.trim()))
    return
  throw bad(row.line, field, `“${value.slice(0, 40)}” is no number`)
}

function takeDay(days: Map<LocalDate, Day>, on: LocalDate, row: Row): void {
  const known = days.get(on)
  const { line, eto, rain, inMillimetres } = row
  if (known && readWeatherNumber(known.eto.value) !== readWeatherNumber(eto.value))
    throw bad(line, 'date', `${on} stands in line ${known.line} with another value`)
  if (!known) days.set(on, { line, eto, rain, inMillimetres, hours: null })
}

function takeHour(days: Map<LocalDate, Day>, on: LocalDate, row: Row, hour: string): void {
  const at = Number(hour.replace(/\D/g, '')) / 100
  if (!Number.isInteger(at) || at < 0 || at > 24)
    throw bad(row.line, 'hour', `“${hour}” is no hour like 100 … 2400`)
  const nothing = { value: '', qc: '' }
  const { line, inMillimetres } = row
  const day = days.get(on) ?? { line, eto: nothing, rain: nothing, inMillimetres, hours: new Map() }
  day.hours!.set(at === 0 ? 24 : at, row.eto)
  days.set(on, day)
}

function readingOf(on: LocalDate, day: Day): WeatherReading {
  const { eto, rain, inMillimetres } = day.hours ? summed(day, day.hours) : day
  const inches = (value: number) => Math.round((inMillimetres ? value / 25.4 : value) * 1000) / 1000
  const [etoNumber, rainNumber] = [readWeatherNumber(eto.value), readWeatherNumber(rain.value)]
  return {
    on,
    rawEto: eto.value,
    qc: eto.qc,
    rawRain: rain.value,
    eto: etoNumber === null ? null : inches(etoNumber),
    rain: rainNumber === null || rainNumber < 0 ? 0 : inches(rainNumber),
    problem: etoNumber === null ? 'no value' : eto.qc !== '' ? `flagged ${eto.qc}` : null,
  }
}

/** A day of hours counts when all 24 are there. */
function summed(day: Day, hours: ReadonlyMap<number, Cell>): Pick<Day, 'eto' | 'rain' | 'inMillimetres'> {
  const all = [...hours.values()]
  const values = all.map(one => readWeatherNumber(one.value))
  const flags = [...new Set(all.map(one => one.qc).filter(qc => qc !== ''))].join('')
  const isWhole = hours.size === 24 && values.every(value => value !== null)
  const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const value = isWhole ? String(Math.round(total * 10_000) / 10_000) : ''
  const { rain, inMillimetres } = day
  return { eto: { value, qc: flags }, rain, inMillimetres }
}
