/**
 * One language's voice: the catalogue's words with the data put in. A value that is missing or empty refuses the whole
 * message, because a gap in a letter cannot be taken back.
 */
import { addDays, isLocalDate, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { type Cents, formatDollars } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'
import i18next, { type i18n } from 'i18next'
import { en, type Key } from './catalogue/en.ts'
import { es } from './catalogue/es.ts'
import { errors } from './errors.ts'

export type Language = 'en' | 'es'
export type Values = Readonly<Record<string, string | number>>

export type Words = {
  readonly language: Language
  say(key: Key | 'days', values?: Values): string
  /** The sentence when it exists and every value for it is there; otherwise null. */
  trySay(key: string, values: Values): string | null
  date(on: LocalDate): string
  /** A half-open period as people read it: its last day included. */
  span(fromOn: LocalDate, toOn: LocalDate): { from: string; to: string }
  shortSpan(fromOn: LocalDate, toOn: LocalDate): { from: string; to: string }
  time(clock: string): string
  number(value: string | number, digits?: number): string
  days(count: number): string
  unit(unit: BillUnit): string
}

const locales = { en: 'en-US', es: 'es-US' } as const
const noun = (language: Language) => (language === 'es' ? es : en)

function voice(language: Language): i18n {
  const instance = i18next.createInstance()
  void instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    resources: { [language]: { translation: noun(language) } },
    interpolation: { escapeValue: false }, // the page escapes, once, where it writes HTML
  })
  return instance
}
const voices: Readonly<Record<Language, i18n>> = { en: voice('en'), es: voice('es') }

const blanks = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]!)
const isEmpty = (value: string | number | undefined) => value === undefined || String(value).trim() === ''

export function wordsOf(language: Language): Words {
  const locale = locales[language]
  const catalogue: Readonly<Record<string, string>> = noun(language)
  // The workbench narrows i18next's keys to its own catalogue; these are the customers' words.
  const translate = voices[language].t as unknown as (key: string, values: Values) => string
  const say = (key: string, values: Values = {}): string => {
    const text = catalogue[key] ?? catalogue[`${key}_other`]
    if (text === undefined) throw new Error(`the catalogue has no ${key}`)
    for (const name of blanks(text)) {
      if (isEmpty(values[name])) throw refuse(errors, 'correspondence.empty-variable', { name })
    }
    return translate(key, values)
  }
  const format = (on: LocalDate, style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${on}T00:00:00Z`))
  const date = (on: LocalDate) => format(on, { dateStyle: 'long' })
  const shortDate = (on: LocalDate) => format(on, { dateStyle: 'medium' })
  return {
    language,
    say,
    trySay(key, values) {
      const text = catalogue[key]
      if (text === undefined || blanks(text).some(name => isEmpty(values[name]))) return null
      const shown = Object.entries(values).map(([name, value]) => [name, isDate(value) ? date(value) : value])
      return say(key, Object.fromEntries(shown))
    },
    date,
    span: (fromOn, toOn) => ({ from: date(fromOn), to: date(addDays(toOn, -1)) }),
    shortSpan: (fromOn, toOn) => ({ from: shortDate(fromOn), to: shortDate(addDays(toOn, -1)) }),
    time: clock =>
      new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
        new Date(`2000-01-01T${clock}:00Z`),
      ),
    number: (value, digits) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits ?? 0,
        maximumFractionDigits: digits ?? 4,
      }).format(Number(value)),
    days: count => say('days', { count }),
    unit: unit => say(`short.${unit}`),
  }
}

const isDate = (value: string | number): value is LocalDate => typeof value === 'string' && isLocalDate(value)

/** `+$12.40`, `-$3.00`. */
export const signedDollars = (cents: Cents): string => `${cents > 0n ? '+' : ''}${formatDollars(cents)}`
