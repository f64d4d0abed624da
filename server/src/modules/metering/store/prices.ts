import type { LocalDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { PriceSteps } from '../domain/loading/price.ts'

type PriceRow = PriceSteps & { readonly servicePointId: ServicePointId; readonly asOf: LocalDate }

const list = (values: readonly number[]): string => `{${values.join(',')}}` // `Infinity` is PostgreSQL's word too

/** Each place once; an older price never takes the place of a newer one. */
export async function writePrices(tx: Tx, prices: readonly PriceRow[]): Promise<void> {
  await sql`
    insert into metering.price as price (service_point_id, as_of, up_to_gallons, cents_per_kgal, days)
    select p.id, p.as_of, p.up_to::float8[], p.cents::float8[], p.days
    from unnest(${prices.map(p => p.servicePointId)}::bigint[], ${prices.map(p => list(p.upTo))}::text[],
      ${prices.map(p => list(p.centsPerKgal))}::text[], ${prices.map(p => p.days)}::smallint[],
      ${prices.map(p => p.asOf)}::date[])
      as p (id, up_to, cents, days, as_of)
    on conflict (service_point_id) do update set as_of = excluded.as_of, up_to_gallons = excluded.up_to_gallons,
      cents_per_kgal = excluded.cents_per_kgal, days = excluded.days
    where price.as_of <= excluded.as_of`.execute(tx)
}

/** False in a district that was just made or loaded: few places were told a price yet. */
export async function mostPlacesHavePrices(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ most: boolean }>`
    select (select count(*) from metering.price) * 2
      > (select count(*) from metering.installation where upper(installed) is null) as most`.execute(tx)
  return rows[0]!.most
}
