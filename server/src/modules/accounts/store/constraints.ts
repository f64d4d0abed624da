/** What the database says no to, as the department's own sentences. */
import { formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { errors } from '../domain/errors.ts'

type PgError = { constraint?: string; detail?: string }

/**
 * Two people starting service at one address at the same moment: the exclusion constraint lets one through. Its
 * detail holds the dates of the other period and no name.
 */
export async function translated<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    const { constraint, detail } = error as PgError
    if (constraint === 'occupancy_no_overlap') {
      const from = /existing key .*=\(\d+, \[(\d{4}-\d{2}-\d{2})/.exec(detail ?? '')?.[1]
      throw refuse(errors, 'accounts.overlap-race', {
        from: from ? formatDay(from as LocalDate) : 'that date',
      })
    }
    if (constraint === 'premise_owner_no_overlap') throw refuse(errors, 'accounts.owner-same')
    if (constraint === 'premise_owner_premise_id_fkey') throw refuse(errors, 'accounts.no-premise')
    if (constraint === 'premise_owner_customer_id_fkey') throw refuse(errors, 'accounts.no-customer')
    if (constraint === 'account_customer_id_fkey') throw refuse(errors, 'accounts.no-customer')
    throw error
  }
}
