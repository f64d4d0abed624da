import type { LocalDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { PriceSteps } from '../domain/loading/price.ts'

type PriceRow = PriceSteps & { readonly servicePointId: ServicePointId }

const list = (values: readonly number[]): string => `{${values.join(',')}}` // `Infinity` is PostgreSQL's word too

export async function writePrices(tx: Tx, prices: readonly PriceRow[], asOf: LocalDate): Promise<void> {
  await sql`
    insert into metering.price (service_point_id, as_of, up_to_gallons, cents_per_kgal, days)
    select p.id, ${asOf}::date, p.up_to::float8[], p.cents::float8[], p.days
    from unnest(${prices.map(p => p.servicePointId)}::bigint[], ${prices.map(p => list(p.upTo))}::text[],
      ${prices.map(p => list(p.centsPerKgal))}::text[], ${prices.map(p => p.days)}::smallint[])
      as p (id, up_to, cents, days)
    on conflict (service_point_id) do update set as_of = excluded.as_of, up_to_gallons = excluded.up_to_gallons,
      cents_per_kgal = excluded.cents_per_kgal, days = excluded.days`.execute(tx)
}

export async function countPrices(tx: Tx): Promise<number> {
  const { rows } = await sql<{ some: number }>`
    select count(*)::integer as some from (select from metering.price limit 1) one`.execute(tx)
  return rows[0]!.some
}
