-- A segment's proof is written once and read whole, so it is kept as the text it came in: `json` instead of `jsonb`
-- takes half the room and a third of the time. What is in it is described in billing/domain/kept.ts; segments written
-- before are read as they are. Nobody asks for segments by their proof, so no statistics of it are made.
alter table billing.bill_segment
  alter column reads type json,
  alter column inputs type json,
  alter column charges type json;
alter table billing.bill_segment
  alter column reads set statistics 0,
  alter column inputs set statistics 0,
  alter column charges set statistics 0;
comment on column billing.bill_segment.reads is 'meter, values; dates and kind where they differ from the segment';
comment on column billing.bill_segment.charges is 'lines: code, kind, cents, quantity, price, tier, version, from, to';
