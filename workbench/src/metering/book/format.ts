/** Figures as the read book says them. */
import { formatNumber } from '@curbstop/ui'

export const gallonsText = (gallons: number | null): string =>
  gallons === null ? '' : formatNumber(Math.round(gallons))

/** Digits of a dial with the zeros that stand before them. */
export const dialText = (value: bigint, dials: number): string => value.toString().padStart(dials, '0')
