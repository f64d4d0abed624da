/** Ids of the sample district, derived from a premise's place so that every chunk can be made alone. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { accountNumber } from '../../server/src/modules/accounts/domain/account-number.ts'

export type OccupantIds = {
  account: bigint
  customer: bigint
  waterServiceId: bigint
  sewerServiceId: bigint
}

export function idsOf(index: number) {
  const n = BigInt(index)
  return {
    premise: n + 1n,
    waterPoint: n * 2n + 1n,
    sewerPoint: n * 2n + 2n,
    meter: (at: number) => n * 2n + 1n + BigInt(at),
    read: (at: number) => n * 100n + BigInt(at) + 1n,
    owner: 5_000_000_000n + n,
    occupant(at: number): OccupantIds {
      // The one who lives there now has the round number; the one before has an older account.
      const account = n * 2n + 10_000n + BigInt(at)
      return { account, customer: account, waterServiceId: account * 2n, sewerServiceId: account * 2n + 1n }
    },
  }
}

/** Journals, bills and payments are numbered inside their account. */
export const innerId = (account: bigint, at: number): bigint => account * 1_000n + BigInt(at) + 1n

export const accountNumberOf = (account: bigint): string => accountNumber(account)

/** A half-open period as PostgreSQL writes it; null is open-ended. */
export const range = (from: LocalDate, to: LocalDate | null): string => `[${from},${to ?? ''})`
