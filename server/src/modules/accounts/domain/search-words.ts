/**
 * The dictionary of spellings from the terms on file, after the index was filled in bulk: names and streets of three
 * letters or more. Sorted, so that two writers cannot deadlock.
 */
export const searchWordsSql = `insert into accounts.search_word (word)
  select distinct term from accounts.search_term
  where kind in ('name', 'street') and length(term) >= 3 and term !~ '[0-9]' order by 1
  on conflict do nothing`
