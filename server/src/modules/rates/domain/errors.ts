/**
 * Everything a tariff can be refused for. Each refusal names file, class, part and reason; the command line answers
 * with the same codes in snake case (`rates.missing-input` → `missing_input`).
 */
import { DomainError, declareErrors, type Facts, refuse } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'rates.malformed-file': { kind: 'invalid', says: '{file} cannot be read as a tariff{where}: {reason}.' },
  'rates.unknown-class': {
    kind: 'missing',
    says: '{file} has no customer class "{class}". It has: {known}.',
  },
  'rates.missing-input': {
    kind: 'refused',
    says: '{file}, class {class}: {part} needs "{input}", which the tariff does not define and the customer’s data do not give{reason}.',
  },
  'rates.unknown-map-key': {
    kind: 'refused',
    says: '{file}, class {class}: {part} has no value for "{key}" ({names}). It knows: {known}.',
  },
  'rates.cycle': {
    kind: 'refused',
    says: '{file}, class {class}: {part} depends on itself ({path}).',
  },
  'rates.bad-formula': {
    kind: 'refused',
    says: '{file}, class {class}: {part} cannot be calculated: {reason}.',
  },
  'rates.bad-tiers': {
    kind: 'refused',
    says: '{file}, class {class}: the tiers of {part} cannot be used: {reason}.',
  },
  'rates.no-version': {
    kind: 'refused',
    says: 'No tariff is in force for this service on {on}. Enter a tariff version that covers it.',
  },
  'rates.overlapping-versions': {
    kind: 'refused',
    says: 'Two tariff versions ({first} and {second}) are both in force on {on}. End one of them.',
  },
  'rates.bad-period': {
    kind: 'invalid',
    says: 'A service period runs from a day to a later day (the last not charged), not from {from} to {to}.',
  },
  'rates.bad-usage': {
    kind: 'invalid',
    says: 'Usage is a number of billing units that is not negative, not "{usage}".',
  },
  'rates.bad-days': {
    kind: 'invalid',
    says: '{what} must give one number for each of the {days} days of the period; it gives {given}.',
  },
})

export type RatesErrorCode = keyof typeof errors & string

export type CliErrorCode =
  | 'malformed_file'
  | 'unknown_class'
  | 'missing_input'
  | 'unknown_map_key'
  | 'cycle'
  | 'bad_formula'
  | 'bad_tiers'

/** `rates.bad-formula` → `bad_formula`. */
export function cliErrorCode(error: DomainError): CliErrorCode {
  return error.code.slice(error.code.indexOf('.') + 1).replaceAll('-', '_') as CliErrorCode
}

export function isRatesError(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code.startsWith('rates.')
}

export function malformed(file: string, reason: string, line?: number): DomainError {
  const where = line === undefined ? '' : ` (line ${line})`
  return refuse(errors, 'rates.malformed-file', { file, reason, where, line: line ?? null }, 'file')
}

/** Where in a tariff something is wrong. */
export type Place = { readonly file: string; readonly className: string; readonly part: string }

export function refuseAt(code: RatesErrorCode, place: Place, facts: Facts, field?: string): DomainError {
  const named = { file: place.file, class: place.className, part: place.part }
  return refuse(errors, code, { ...named, ...facts }, field ?? place.part)
}

export const badFormula = (place: Place, reason: string): DomainError =>
  refuseAt('rates.bad-formula', place, { reason })

export const badTiers = (place: Place, reason: string, field?: string): DomainError =>
  refuseAt('rates.bad-tiers', place, { reason }, field)
