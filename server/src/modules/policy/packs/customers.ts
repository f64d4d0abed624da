/** Who may be told what, and who is hidden from whom. */
import { localDate } from '@curbstop/kernel/dates'
import type { PackRule } from './pack.ts'

const since = localDate('2020-01-01')

export const customersRules: PackRule[] = [
  {
    code: 'PRV-001',
    name: 'Customer facts are not public',
    text: 'Name, credit history, usage data, home address and phone of a utility customer need not be disclosed; they are told to the customer and to whom the law names, and to nobody else.',
    value: ['name', 'credit-history', 'usage', 'home-address', 'phone'],
    unit: null,
    authority: 'LAW',
    citation: 'California Government Code 7927.410 (formerly 6254.16)',
    effectiveFrom: since,
  },
  {
    code: 'PRV-010',
    name: 'Who is calling',
    text: 'Before account detail is told, a caller gives the account number or the service address and this many matching items: name on the account, phone on file, amount of the last payment, PIN, passphrase, last four of the id on file.',
    value: 2,
    unit: 'items',
    authority: 'PROD',
    citation: 'Identity theft red flags program, 16 CFR 681.1 (detect)',
    effectiveFrom: since,
  },
  {
    code: 'PRV-013',
    name: 'A wrong secret costs one more proof',
    text: 'For this many hours after a wrong PIN, passphrase or last four, a caller needs one matching item more. Nobody is locked out: a lock is a weapon for the guesser.',
    value: 24,
    unit: 'hours',
    authority: 'PROD',
    citation: 'Identity theft red flags program, 16 CFR 681.1 (respond)',
    effectiveFrom: since,
  },
  {
    code: 'PRV-019',
    name: 'Protected persons',
    text: 'Safe at Home participants and other protected persons are hidden from everybody but named roles; mail goes to the substitute address exactly as printed on the card; the passphrase is asked in every call; placing and lifting take two people.',
    value: ['safe-at-home', 'violence', 'judge-or-police', 'other'],
    unit: null,
    authority: 'LAW',
    citation: 'California Government Code 6205-6210 (Safe at Home)',
    effectiveFrom: since,
  },
  {
    code: 'PRV-041',
    name: 'Protected cards opened in an hour',
    text: 'Nobody opens more than this many protected cards within one hour.',
    value: 10,
    unit: 'cards per hour',
    authority: 'PROD',
    citation: 'Product default; the district may set its own',
    effectiveFrom: since,
  },
  {
    code: 'PRV-042',
    name: 'How long a protected card stays open',
    text: 'After a reason was given, the card stays open for this long to the person who gave it.',
    value: 30,
    unit: 'minutes',
    authority: 'PROD',
    citation: 'Product default; the district may set its own',
    effectiveFrom: since,
  },
  {
    code: 'ACC-016',
    name: 'Who may speak for a customer',
    text: 'The customer names who may view, pay, change or close, with proof and until when; the permission can be taken back at any time.',
    value: ['view', 'pay', 'change', 'close'],
    unit: null,
    authority: 'PROD',
    citation: 'California Government Code 7927.410(a): agent or authorized family member',
    effectiveFrom: since,
  },
]
