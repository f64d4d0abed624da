/** The words of a variance, as the record keeps them. `Variance` is the water-budget request and nothing else. */

/** WB-021. */
export const varianceKinds = [
  'household',
  'medical',
  'care',
  'animals',
  'landscape',
  'new-landscape',
  'pool-fill',
  'disaster',
  'leak',
  'other',
] as const
export type VarianceKind = (typeof varianceKinds)[number]

export const varianceStates = [
  'requested',
  'proposed',
  'evidence-asked',
  'approved',
  'denied',
  'withdrawn',
  'appealed',
] as const
export type VarianceState = (typeof varianceStates)[number]
/** Somebody still owes the customer an answer. */
export const waitingStates = ['requested', 'proposed', 'evidence-asked', 'appealed'] as const
export const isWaiting = (state: VarianceState): boolean =>
  (waitingStates as readonly string[]).includes(state)

export const varianceChannels = ['counter', 'phone', 'form', 'mail', 'portal'] as const

/** WB-022 to WB-029: what may be shown. Only that it was seen is kept (WB-041). */
export const evidenceKinds = [
  'names-listed',
  'residency-proof',
  'doctor-note',
  'care-license',
  'animal-photo',
  'landscape-drawing',
  'assessor-record',
  'site-visit',
  'planting-record',
  'pool-record',
  'incident-report',
  'repair-invoice',
  'other-document',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const evidenceNames: Readonly<Record<EvidenceKind, string>> = {
  'names-listed': 'names and ages of everybody',
  'residency-proof': 'proof of permanent residency with this address, one a person',
  'doctor-note': 'doctor’s signed note with the gallons a day',
  'care-license': 'copy of the license',
  'animal-photo': 'photo of the animals',
  'landscape-drawing': 'drawing with dimensions and the whole area, pool included',
  'assessor-record': 'assessor’s record',
  'site-visit': 'visit of the district',
  'planting-record': 'plan or receipt of the planting',
  'pool-record': 'permit or receipt with the pool’s gallons',
  'incident-report': 'report of the fire or disaster',
  'repair-invoice': 'invoice of the repair',
  'other-document': 'document that shows the need',
}

export const kindNames: Readonly<Record<VarianceKind, string>> = {
  household: 'household size',
  medical: 'medical need',
  care: 'licensed care',
  animals: 'large animals',
  landscape: 'landscape area',
  'new-landscape': 'new landscape',
  'pool-fill': 'pool fill',
  disaster: 'fire or disaster',
  leak: 'leak',
  other: 'other need',
}

/** Ends with the customer's stay (WB-038); area stays with the place. */
export const isPersonBased = (kind: VarianceKind): boolean => kind !== 'landscape'

/** The part of the budget that a grant changes. */
export const grantInputs = [
  'persons',
  'indoor-gpd',
  'outdoor-gpd',
  'outdoor-factor',
  'over-budget-gallons',
  'courtesy-months',
] as const
export type GrantInput = (typeof grantInputs)[number]

/** WB-033: how a decision meets a bill that has begun. */
export const startRules = ['next-bill', 'first-complete-cycle', 'approval-date'] as const
export type StartRule = (typeof startRules)[number]
