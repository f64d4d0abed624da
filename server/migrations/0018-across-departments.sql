-- What lower departments may ask of the records above them, laid down once in the database: their code stands below
-- accounts and customers and never reads those tables itself.

-- AUTH-023: one can declare an interest in a real customer only.
alter table staff.declared_interest add constraint declared_interest_customer_fkey
  foreign key (customer_id) references customers.customer;

-- Alerts and holds stand on an account and travel with it; a task is not keyed by account, so it asks instead.
alter table desk.alert add constraint alert_account_fkey foreign key (account_id) references accounts.account;
alter table desk.hold add constraint hold_account_fkey foreign key (account_id) references accounts.account;

create function desk.account_exists(account bigint) returns boolean language sql stable as $$
  select exists (select from accounts.account a where a.account_id = account)
$$;

-- Whom a message about an account goes to.
create function correspondence.find_holder(account bigint)
returns table (customer_id bigint, number text) language sql stable as $$
  select a.customer_id, a.number from accounts.account a where a.account_id = account
$$;
