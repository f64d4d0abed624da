-- What each role may do, and up to which amount on its own word. A person holds the permissions of their level and of
-- every role beside it. Levels are listed one by one, so that a line says by itself who may do what.
insert into staff.role_permission (role, permission)
select role, permission
from (values
  -- Assistants do the whole call under review (AUTH-027); what decides money or limits stands further down.
  ('assistant advisor senior supervisor',
    'staff.see policy.see customers.see customers.edit customers.verify premises.see ledger.see rates.see
     desk.see desk.work accounts.see accounts.move accounts.edit contacts.see contacts.write
     fieldwork.see fieldwork.order metering.see metering.read billing.see payments.see
     investigations.see investigations.work correspondence.send'),
  ('advisor senior supervisor', 'premises.edit desk.hold investigations.decide'),
  -- PRV-019: the real address of a protected person is for named levels; placing protection takes two of them.
  ('senior supervisor', 'customers.see-protected customers.protect fieldwork.assign metering.exchange billing.bill'),
  ('supervisor', 'staff.manage rates.publish desk.supervise fieldwork.complete audit.see'),
  ('csfr',
    'staff.see policy.see customers.see premises.see desk.see desk.work accounts.see
     fieldwork.see fieldwork.complete metering.see metering.read metering.exchange'),
  ('dispatcher',
    'staff.see policy.see customers.see premises.see premises.edit desk.see desk.work accounts.see contacts.see
     fieldwork.see fieldwork.order fieldwork.assign fieldwork.complete metering.see'),
  ('cashier',
    'staff.see policy.see customers.see customers.verify premises.see ledger.see rates.see desk.see desk.work
     accounts.see contacts.see contacts.write metering.see billing.see payments.see'),
  ('reception',
    'staff.see policy.see customers.see premises.see desk.see desk.work accounts.see contacts.see contacts.write'),
  ('billing',
    'staff.see policy.see customers.see premises.see premises.edit ledger.see rates.see rates.publish desk.see desk.work
     accounts.see accounts.edit contacts.see contacts.write fieldwork.see fieldwork.order
     metering.see metering.read metering.exchange billing.see billing.bill payments.see
     investigations.see investigations.work correspondence.send'),
  ('collections',
    'staff.see policy.see customers.see customers.verify premises.see ledger.see rates.see desk.see desk.work desk.hold
     accounts.see contacts.see contacts.write fieldwork.see fieldwork.order metering.see billing.see payments.see
     correspondence.send'),
  -- An auditor looks at everything but a protected address, and changes nothing.
  ('auditor',
    'staff.see policy.see customers.see premises.see ledger.see rates.see desk.see accounts.see contacts.see
     fieldwork.see metering.see billing.see payments.see investigations.see audit.see'),
  -- Running the system is no reason to read customers' facts.
  ('admin', 'staff.see staff.manage policy.see audit.see')
) as granted (roles, permissions),
  regexp_split_to_table(roles, '\s+') as role,
  regexp_split_to_table(permissions, '\s+') as permission;

-- Authority by level. No row: the level may not do it at all. 0: it may propose. null: without limit of its own.
-- Manager, general manager and board decide above the Supervisor's figure, outside this table. No law sets these
-- amounts: they are the district's proposal, shaped by the public limits named in the citation.
insert into staff.authority_limit (role, action, limit_value, unit, effective_from, citation)
select role, action, limit_value, unit, date '2020-01-01', citation
from (values
  ('assistant', 'adjustment', 0, 'cents', 'AUTH-001'),
  ('advisor', 'adjustment', 10000, 'cents', 'AUTH-001'),
  ('senior', 'adjustment', 25000, 'cents', 'AUTH-001'),
  ('supervisor', 'adjustment', 100000, 'cents', 'AUTH-001'),
  -- counted per account over twelve months
  ('assistant', 'late-fee-waiver', 0, 'count', 'AUTH-002'),
  ('advisor', 'late-fee-waiver', 1, 'count', 'AUTH-002'),
  ('senior', 'late-fee-waiver', 2, 'count', 'AUTH-002'),
  ('supervisor', 'late-fee-waiver', null, 'count', 'AUTH-002'),
  ('assistant', 'returned-payment-fee-waiver', 0, 'count', 'AUTH-003'),
  ('advisor', 'returned-payment-fee-waiver', 0, 'count', 'AUTH-003'),
  ('senior', 'returned-payment-fee-waiver', 1, 'count', 'AUTH-003'),
  ('supervisor', 'returned-payment-fee-waiver', null, 'count', 'AUTH-003'),
  ('assistant', 'leak-adjustment', 0, 'cents', 'AUTH-004'),
  ('advisor', 'leak-adjustment', 15000, 'cents', 'AUTH-004'),
  ('senior', 'leak-adjustment', 50000, 'cents', 'AUTH-004'),
  ('supervisor', 'leak-adjustment', 200000, 'cents', 'AUTH-004'),
  ('assistant', 'extension', 5, 'days', 'AUTH-005'),
  ('advisor', 'extension', 7, 'days', 'AUTH-005'),
  ('senior', 'extension', 14, 'days', 'AUTH-005'),
  ('supervisor', 'extension', 30, 'days', 'AUTH-005'),
  ('assistant', 'arrangement-length', 0, 'months', 'AUTH-006'),
  ('advisor', 'arrangement-length', 3, 'months', 'AUTH-006'),
  ('senior', 'arrangement-length', 6, 'months', 'AUTH-006'),
  ('supervisor', 'arrangement-length', 12, 'months', 'AUTH-006'),
  ('assistant', 'arrangement-amount', 0, 'cents', 'AUTH-007'),
  ('advisor', 'arrangement-amount', 100000, 'cents', 'AUTH-007'),
  ('senior', 'arrangement-amount', 250000, 'cents', 'AUTH-007'),
  ('supervisor', 'arrangement-amount', 750000, 'cents', 'AUTH-007'),
  -- points below the policy's down payment of 25 percent: to 10, to 0
  ('senior', 'down-payment-reduction', 15, 'percent', 'AUTH-008'),
  ('supervisor', 'down-payment-reduction', 25, 'percent', 'AUTH-008'),
  ('assistant', 'turn-off-notice-pull', 0, 'count', 'AUTH-009'),
  ('advisor', 'turn-off-notice-pull', null, 'count', 'AUTH-009'),
  ('senior', 'turn-off-notice-pull', null, 'count', 'AUTH-009'),
  ('supervisor', 'turn-off-notice-pull', null, 'count', 'AUTH-009'),
  ('advisor', 'shutoff-list-release', 0, 'count', 'AUTH-010'),
  ('senior', 'shutoff-list-release', 0, 'count', 'AUTH-010'),
  ('supervisor', 'shutoff-list-release', null, 'count', 'AUTH-010'),
  ('advisor', 'turn-off-at-source', 0, 'count', 'AUTH-011'),
  ('senior', 'turn-off-at-source', 0, 'count', 'AUTH-011'),
  ('supervisor', 'turn-off-at-source', null, 'count', 'AUTH-011'),
  ('assistant', 'refund', 0, 'cents', 'AUTH-012'),
  ('advisor', 'refund', 10000, 'cents', 'AUTH-012'),
  ('senior', 'refund', 25000, 'cents', 'AUTH-012'),
  ('supervisor', 'refund', 100000, 'cents', 'AUTH-012'),
  ('assistant', 'balance-transfer', 0, 'cents', 'AUTH-013'),
  ('advisor', 'balance-transfer', 50000, 'cents', 'AUTH-013'),
  ('senior', 'balance-transfer', 150000, 'cents', 'AUTH-013'),
  ('supervisor', 'balance-transfer', null, 'cents', 'AUTH-013'),
  ('senior', 'deposit-waiver', 1, 'count', 'AUTH-014'),
  ('supervisor', 'deposit-waiver', null, 'count', 'AUTH-014'),
  ('assistant', 'variance-persons', 0, 'count', 'AUTH-015'),
  ('advisor', 'variance-persons', 8, 'count', 'AUTH-015'),
  ('senior', 'variance-persons', null, 'count', 'AUTH-015'),
  ('supervisor', 'variance-persons', null, 'count', 'AUTH-015'),
  ('assistant', 'variance-medical-animals-license', 0, 'count', 'AUTH-015'),
  ('advisor', 'variance-medical-animals-license', 0, 'count', 'AUTH-015'),
  ('senior', 'variance-medical-animals-license', null, 'count', 'AUTH-015'),
  ('supervisor', 'variance-medical-animals-license', null, 'count', 'AUTH-015'),
  ('assistant', 'variance-landscape-pool', 0, 'count', 'AUTH-015'),
  ('advisor', 'variance-landscape-pool', 0, 'count', 'AUTH-015'),
  ('senior', 'variance-landscape-pool', 0, 'count', 'AUTH-015'),
  ('supervisor', 'variance-landscape-pool', null, 'count', 'AUTH-015'),
  ('advisor', 'estimated-read', null, 'count', 'AUTH-016'),
  ('senior', 'estimated-read', null, 'count', 'AUTH-016'),
  ('supervisor', 'estimated-read', null, 'count', 'AUTH-016'),
  ('advisor', 'meter-error-back-bill', 0, 'cents', 'AUTH-017'),
  ('senior', 'meter-error-back-bill', 0, 'cents', 'AUTH-017'),
  ('supervisor', 'meter-error-back-bill', 100000, 'cents', 'AUTH-017'),
  ('assistant', 'receipt-void', 0, 'count', 'AUTH-018'),
  ('advisor', 'receipt-void', 0, 'count', 'AUTH-018'),
  ('senior', 'receipt-void', null, 'count', 'AUTH-018'),
  ('supervisor', 'receipt-void', null, 'count', 'AUTH-018'),
  ('senior', 'drawer-difference', 999, 'cents', 'AUTH-019'),
  ('supervisor', 'drawer-difference', 19999, 'cents', 'AUTH-019'),
  ('supervisor', 'write-off', 25000, 'cents', 'AUTH-020'),
  ('assistant', 'police-report', 0, 'count', 'AUTH-021'),
  ('advisor', 'police-report', null, 'count', 'AUTH-021'),
  ('senior', 'police-report', null, 'count', 'AUTH-021'),
  ('supervisor', 'police-report', null, 'count', 'AUTH-021'),
  -- the highest of the six lawful reasons (PRV-003 … PRV-008) the level may decide on
  ('advisor', 'disclosure', 1, 'reason', 'AUTH-022'),
  ('senior', 'disclosure', 2, 'reason', 'AUTH-022'),
  ('supervisor', 'disclosure', 5, 'reason', 'AUTH-022'),
  -- the own, a relative's or a co-worker's account: a supervisor proposes, a second person decides
  ('supervisor', 'self-dealing', 0, 'count', 'AUTH-023'),
  -- amounts of the same kind on the same account within these days add up against the limit
  ('assistant', 'split-window', 30, 'days', 'AUTH-024'),
  ('advisor', 'split-window', 30, 'days', 'AUTH-024'),
  ('senior', 'split-window', 30, 'days', 'AUTH-024'),
  ('supervisor', 'split-window', 30, 'days', 'AUTH-024'),
  -- people other than the proposer, of no lower level, who must approve what is above the limit
  ('assistant', 'second-person', 1, 'count', 'AUTH-025'),
  ('advisor', 'second-person', 1, 'count', 'AUTH-025'),
  ('senior', 'second-person', 1, 'count', 'AUTH-025'),
  ('supervisor', 'second-person', 1, 'count', 'AUTH-025'),
  -- the lowest rank one may hand one's authority to, with an end date
  ('senior', 'delegation', 3, 'rank', 'AUTH-026'),
  ('supervisor', 'delegation', 3, 'rank', 'AUTH-026'),
  ('assistant', 'review-first-days', 90, 'days', 'AUTH-027'),
  ('assistant', 'review-first-share', 100, 'percent', 'AUTH-027'),
  ('assistant', 'review-later-share', 20, 'percent', 'AUTH-027')
) as limits (role, action, limit_value, unit, citation);
