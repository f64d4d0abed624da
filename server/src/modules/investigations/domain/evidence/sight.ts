import type { CauseCode } from '../causes.ts'

/**
 * One thing seen on the account, with its figures, and how many times likelier it is under a cause than usual.
 * Causes not named get `otherwise` (1 unless said): the sight says nothing about them.
 */
export type Sight = {
  readonly code: string
  readonly says: string
  /** A better sentence for one cause (what the figure means there). */
  readonly saysFor?: Partial<Readonly<Record<CauseCode, string>>>
  readonly under: Partial<Readonly<Record<CauseCode, number>>>
  readonly otherwise?: number
  /** A fact of the records, independent of the pattern of use: it counts in full. */
  readonly isRecord?: boolean
}

export const percent = (share: number): string => `${Math.abs(Math.round(share * 100))} %`
export const gallons = (value: number): string => `${Math.round(value).toLocaleString('en-US')} gal`

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** `Oct 9`. */
export const day = (date: string): string =>
  `${months[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8, 10))}`
