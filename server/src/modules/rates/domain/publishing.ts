/** When a text may become a version of a tariff, and what the district is asked to look at first. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { DomainError, declareErrors, refuse } from '@curbstop/kernel/errors'
import type { BillUnit } from '@curbstop/kernel/quantity'
import { parseTariff, type Tariff } from './tariff.ts'
import { validateTariff } from './validate.ts'

export const publishingErrors = declareErrors({
  'rates.unknown-version': { kind: 'missing', says: 'There is no such tariff version.' },
  'rates.nothing-to-evaluate': {
    kind: 'invalid',
    says: 'Give either a published version or the text of a tariff, not both and not neither.',
  },
  'rates.not-publishable': {
    kind: 'refused',
    says: 'This text cannot be adopted: {first}{more}. Check it, correct it, and publish it again.',
  },
  'rates.overlap': {
    kind: 'conflict',
    says: 'Tariff {tariff} already has a version that begins on or after {from} or is dated into it. Choose a date after the last one begins.',
  },
  'rates.same-text': {
    kind: 'refused',
    says: 'This is, character for character, the version in force since {from}. There is nothing to adopt.',
  },
  'rates.past-version': {
    kind: 'refused',
    says: 'Bills up to today were made with the version in force, so a new one begins tomorrow or later, not on {from}.',
  },
  'rates.name-missing': {
    kind: 'invalid',
    says: 'Tariff {tariff} is new; give it a name that people read on a bill.',
  },
  'rates.weather-missing': {
    kind: 'refused',
    says: 'The weather of zone {zone} on {on} is missing, so the water budget cannot be calculated. Load the daily ET up to that day.',
  },
})

export type TariffFinding = {
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: string
  readonly className: string | null
  readonly part: string | null
  readonly message: string
}

export type CheckedTariff = { readonly tariff: Tariff | null; readonly findings: TariffFinding[] }

/** Reads and checks a text; a malformed file is a finding, not a refusal, so that the author sees all at once. */
export function checkTariffText(owrs: string, file: string, billUnit: BillUnit | null): CheckedTariff {
  try {
    const tariff = parseTariff(owrs, file)
    const findings = validateTariff(tariff).map(
      (found): TariffFinding => ({
        severity: found.severity,
        code: found.code,
        className: found.class ?? null,
        part: found.part ?? null,
        message: found.message,
      }),
    )
    if (billUnit && tariff.billUnit !== billUnit) findings.unshift(wrongUnit(tariff.billUnit, billUnit))
    return { tariff, findings }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { tariff: null, findings: [{ ...nowhere, code: 'malformed-file', message: error.message }] }
  }
}

const nowhere = { severity: 'error', className: null, part: null } as const

const wrongUnit = (given: BillUnit, ours: BillUnit): TariffFinding => ({
  ...nowhere,
  code: 'other-unit',
  part: 'bill_unit',
  message: `The tariff bills in ${given}, the district in ${ours}.`,
})

export type VersionDates = { readonly effectiveFrom: LocalDate; readonly effectiveTo: LocalDate | null }

/**
 * A version is added at the end: the open one before it ends where it begins. What priced a bill is history, so no
 * version begins today or earlier once the tariff has one.
 */
export function checkPublishing(
  { findings }: CheckedTariff,
  asked: { tariff: string; effectiveFrom: LocalDate; today: LocalDate },
  versions: readonly VersionDates[],
): void {
  const wrong = findings.filter(finding => finding.severity === 'error')
  if (wrong.length > 0) {
    const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : ''
    const first = `${[wrong[0]!.className, wrong[0]!.part].filter(Boolean).join(', ')}: ${wrong[0]!.message}`
    throw refuse(
      publishingErrors,
      'rates.not-publishable',
      { first: first.replace(/^: |\.$/g, ''), more },
      'owrs',
    )
  }
  const { tariff, effectiveFrom: from, today } = asked
  if (versions.some(v => v.effectiveFrom >= from || (v.effectiveTo !== null && v.effectiveTo > from)))
    throw refuse(publishingErrors, 'rates.overlap', { tariff, from }, 'effectiveFrom')
  if (versions.length > 0 && from <= today)
    throw refuse(publishingErrors, 'rates.past-version', { from }, 'effectiveFrom')
}
