-- AUTH-023 at the desk, which stands below accounts: whose account it is, to be held against what one declared.
create function desk.find_customer(account bigint) returns bigint language sql stable as $$
  select a.customer_id from accounts.account a where a.account_id = account
$$;
