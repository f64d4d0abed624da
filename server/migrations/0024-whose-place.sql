-- AUTH-023 at places: premises stand below accounts and ask the database who is served there, or owns it.
create function premises.list_customers(premise bigint, since date)
returns table (customer_id bigint) language sql stable as $$
  select a.customer_id
  from premises.service_point p
  join accounts.occupancy o on o.service_point_id = p.service_point_id and o.cancelled_at is null
    and (upper_inf(o.period) or upper(o.period) > since)
  join accounts.account a on a.account_id = o.account
  where p.premise_id = premise
  union
  select w.customer_id from accounts.premise_owner w
  where w.premise_id = premise and (upper_inf(w.owned) or upper(w.owned) > since)
$$;
