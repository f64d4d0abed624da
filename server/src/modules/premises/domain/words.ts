/** The words of a service address; the contract and the browser share them. */

export const premiseClasses = [
  'single-family',
  'multi-family',
  'commercial',
  'irrigation',
  'institutional',
  'fire',
] as const
export const pointServices = ['water', 'irrigation', 'fire', 'sewer'] as const
/** Where water can be turned off: at the meter, at the curb stop, at the source (the main). */
export const turnOffPoints = ['meter', 'curb', 'source'] as const
export const pointStates = ['on', 'off-at-meter', 'off-at-curb', 'off-at-source'] as const
export const hazardKinds = ['dog', 'hostile-person', 'gate', 'confined-space', 'other'] as const

export type PremiseClass = (typeof premiseClasses)[number]
export type PointService = (typeof pointServices)[number]
export type TurnOffPoint = (typeof turnOffPoints)[number]
export type PointState = (typeof pointStates)[number]
export type HazardKind = (typeof hazardKinds)[number]
