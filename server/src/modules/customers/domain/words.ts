/** The words of a customer record; the contract and the browser share them. */

export const customerKinds = ['person', 'firm'] as const
export const languages = ['en', 'es', 'zh', 'tl', 'vi', 'ko'] as const
export const phoneKinds = ['mobile', 'home', 'work', 'fax'] as const
/** What an authorised contact may do in the customer's name (ACC-016). */
export const scopes = ['view', 'pay', 'change', 'close'] as const
export const protectionKinds = ['safe-at-home', 'violence', 'judge-or-police', 'other'] as const
export const secretKinds = ['pin', 'passphrase', 'id-last4'] as const
export const visibilities = ['open', 'sealed', 'hidden'] as const
/** What a caller can prove (PRV-010): first which account, then who they are. */
export const proofItems = [
  'account-number',
  'service-address',
  'name',
  'phone',
  'last-payment',
  'pin',
  'passphrase',
  'id-last4',
] as const
/** What may be said to a caller and done for them. */
export const allowances = [
  'general',
  'report-problem',
  'pay',
  'balance',
  'use',
  'orders',
  'change-contact',
  'change-service',
  'close',
] as const

export type CustomerKind = (typeof customerKinds)[number]
export type Language = (typeof languages)[number]
export type PhoneKind = (typeof phoneKinds)[number]
export type Scope = (typeof scopes)[number]
export type ProtectionKind = (typeof protectionKinds)[number]
export type SecretKind = (typeof secretKinds)[number]
export type Visibility = (typeof visibilities)[number]
export type ProofItem = (typeof proofItems)[number]
export type Allowance = (typeof allowances)[number]
