-- Reading tables and indexes into memory ahead of the first question of the day (platform/warm-up). An outside
-- database may lack the extension, or its owner the right to install it: then the first questions read the disk.
do $$ begin
  create extension if not exists pg_prewarm;
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'pg_prewarm is not to be had here: the first questions after a start will read the disk';
end $$;

-- Names of three letters are misspelt too (Ana, Jon, Kim): they join the words that search forgives.
insert into accounts.search_word (word)
  select distinct term from accounts.search_term
  where kind in ('name', 'street') and length(term) = 3 and term !~ '[0-9]' order by 1
  on conflict do nothing;
