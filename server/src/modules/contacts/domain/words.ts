/** The words of a contact; the contract and the browser share them. */

export const channels = ['phone', 'counter', 'email', 'fax', 'mail', 'portal', 'ivr', 'field'] as const
export const directions = ['in', 'out'] as const
export const outcomes = ['resolved', 'follow-up', 'referred', 'no-answer'] as const
export const callers = ['customer', 'authorized', 'other'] as const

/** How the use of water looks when somebody explains it. */
export const usePatterns = ['stepped-up', 'spike', 'seasonal', 'rising', 'flat', 'zero', 'estimated'] as const
export const leakResults = ['found', 'suspected', 'none', 'customer-will-test', 'not-done'] as const
export const fixtures = [
  'toilet',
  'faucet',
  'irrigation',
  'pool',
  'softener',
  'water-heater',
  'service-line',
  'unknown',
] as const

export type Channel = (typeof channels)[number]
export type Direction = (typeof directions)[number]
export type Proven = 'verified' | 'authorized' | 'unverified'
export type Outcome = (typeof outcomes)[number]
export type Caller = (typeof callers)[number]
export type UsePattern = (typeof usePatterns)[number]
export type LeakResult = (typeof leakResults)[number]
export type Fixture = (typeof fixtures)[number]
