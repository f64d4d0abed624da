/**
 * Ids are PostgreSQL `bigint` identities: branded `bigint` in memory (an account id cannot be passed as a premise
 * id), a string of digits on the wire and in addresses. Human numbers (account number, receipt number) are text
 * and separate.
 */
import { z } from 'zod'

export type Id<Noun extends string> = bigint & { readonly __id: Noun }

export type PersonId = Id<'person'> // a member of staff
export type CustomerId = Id<'customer'>
export type PremiseId = Id<'premise'>
export type ServicePointId = Id<'service-point'>
export type AccountId = Id<'account'>
export type MeterId = Id<'meter'>
export type BillId = Id<'bill'>
export type ContactId = Id<'contact'>
export type TaskId = Id<'task'>
export type OrderId = Id<'order'>
export type InvestigationId = Id<'investigation'>
export type TariffVersionId = Id<'tariff-version'>

/** Wire codec of an id: `idCodec<'account'>()`. Refuses anything but 1 to 18 digits. */
export function idCodec<Noun extends string>() {
  return z.codec(
    z.string().regex(/^[1-9]\d{0,17}$/, 'an id'),
    z.custom<Id<Noun>>(v => typeof v === 'bigint'),
    {
      decode: text => BigInt(text) as Id<Noun>,
      encode: id => id.toString(),
    },
  )
}

export const asId = <Noun extends string>(value: bigint | string | number): Id<Noun> =>
  BigInt(value) as Id<Noun>
