/**
 * The summary of comparable use as one statement over the reads, for the nightly job and the sample district alike.
 * $1, $2: first and last day; every month that begins in between is made. A use counts for the month of its middle
 * day. What a meter said counts, estimates do not; negative differences and rollovers are left out, and so are meters
 * with two registers. Groups below fifteen meters are never written (the table refuses them too).
 */
export const peerUsageSql = `
  with step as (
    select r.meter_id, r.value, r.read_on, lag(r.value) over one_meter as from_value,
      lag(r.read_on) over one_meter as from_on
    from metering.read r
    where r.read_on between $1::date - 120 and $2::date and r.register_no = 1
      and r.kind in ('actual', 'customer', 'final')
      and not exists (select from metering.read_void v
        where v.meter_id = r.meter_id and v.register_no = r.register_no and v.read_id = r.read_id)
    window one_meter as (partition by r.meter_id order by r.read_on, r.read_id)
  ), used as (
    select p.class, m.size, s.meter_id,
      date_trunc('month', (s.from_on + (s.read_on - s.from_on) / 2)::timestamp)::date as month,
      (s.value - s.from_value) * g.multiplier::float8 / (s.read_on - s.from_on)
        * case g.unit when 'gal' then 1 when 'cf' then 7.48 when 'ccf' then 748
            when 'l' then 0.264172 else 264.172 end as gallons_per_day
    from step s
    join metering.meter m on m.meter_id = s.meter_id and m.kind <> 'compound'
    join metering.register g on g.meter_id = s.meter_id and g.register_no = 1
    join metering.installation i on i.meter_id = s.meter_id and i.installed @> s.from_on
    join premises.service_point sp on sp.service_point_id = i.service_point_id
    join premises.premise p on p.premise_id = sp.premise_id
    where s.value >= s.from_value and s.read_on > s.from_on
  ), quarter as (
    select class, coalesce(size, 'any') as size, month, count(distinct meter_id) as n,
      percentile_cont(array[0.25, 0.5, 0.75]) within group (order by gallons_per_day) as at
    from used where month between $1::date and $2::date
    group by grouping sets ((class, size, month), (class, month))
    having count(distinct meter_id) >= 15
  )
  insert into metering.peer_usage (class, size, month, p25_gpd, median_gpd, p75_gpd, n)
  select class, size, month, at[1], at[2], at[3], n from quarter
  on conflict (class, size, month) do update
    set p25_gpd = excluded.p25_gpd, median_gpd = excluded.median_gpd, p75_gpd = excluded.p75_gpd, n = excluded.n`
