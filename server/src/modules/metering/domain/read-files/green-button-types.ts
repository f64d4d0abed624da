/** Code lists of NAESB ESPI 4.0, as far as meters of a district need them. */
import type { Quality } from './kinds.ts'

/** `uom` → unit. Water first; the others let a wrong file be named for what it is. */
export const unitsOfMeasure: Readonly<Record<string, string>> = {
  '128': 'gal',
  '119': 'cf',
  '42': 'm3',
  '134': 'l',
  '31': 'j',
  '38': 'w',
  '61': 'va',
  '63': 'var',
  '71': 'vah',
  '72': 'wh',
  '73': 'varh',
  '132': 'btu',
  '169': 'therm',
}

/** Commodity of a water reading type, and kind of the service of its usage point. */
export const waterCommodity = 9
export const waterService = 2

/** 1 bulk, 2 continuous cumulative, 3 cumulative, 9 summation: what dials show. 4 delta: use of an interval. */
export function channelOf(accumulationBehaviour: string): 'interval' | 'register' | 'neither' {
  if (['', '0', '4'].includes(accumulationBehaviour)) return 'interval'
  return ['1', '2', '3', '9'].includes(accumulationBehaviour) ? 'register' : 'neither'
}

/**
 * QualityOfReading: 0 valid, 7 edited by a person, 8 and 9 estimated, 10 questionable, 11 derived, 12 projected,
 * 13 mixed, 14 raw, 15 normalised for weather, 16 other, 17 validated, 18 verified, 19 fit for billing. What is not
 * wholly measured counts as estimated. Null: no such code.
 */
export function qualityOf(code: string): Quality | null {
  if (['', '0', '11', '14', '17', '18', '19'].includes(code)) return 'measured'
  if (code === '7') return 'adjusted'
  return ['8', '9', '10', '12', '13', '15', '16'].includes(code) ? 'estimated' : null
}

export type DstRule = {
  readonly month: number
  /** 0: on `dayOfMonth`. 1: the weekday on or after it. 2 … 6: first … fifth weekday of the month. 7: the last. */
  readonly operator: number
  readonly dayOfMonth: number
  /** 1 Monday … 7 Sunday. */
  readonly dayOfWeek: number
  readonly hour: number
  readonly seconds: number
}

/** LocalTimeParameters pack a rule into 32 bits, written as eight hexadecimal digits: `360E2000`. */
export function dstRuleOf(hex: string): DstRule | null {
  if (!/^[0-9A-Fa-f]{8}$/.test(hex)) return null
  const bits = Number.parseInt(hex, 16)
  const part = (from: number, width: number) => Math.floor(bits / 2 ** from) % 2 ** width
  const rule = {
    seconds: part(0, 12),
    hour: part(12, 5),
    dayOfWeek: part(17, 3),
    dayOfMonth: part(20, 5),
    operator: part(25, 3),
    month: part(28, 4),
  }
  const isDate = rule.month >= 1 && rule.month <= 12 && rule.hour <= 23 && rule.seconds <= 3599
  return isDate ? rule : null
}

export function writeDstRule(rule: DstRule): string {
  const bits =
    rule.month * 2 ** 28 +
    rule.operator * 2 ** 25 +
    rule.dayOfMonth * 2 ** 20 +
    rule.dayOfWeek * 2 ** 17 +
    rule.hour * 2 ** 12 +
    rule.seconds
  return bits.toString(16).toUpperCase().padStart(8, '0')
}
