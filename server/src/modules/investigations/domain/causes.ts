/**
 * The cause library for high use (LEAK-025), as dated data. `prior` is how often a cause stands behind a high-bill
 * call before anything is known of the account. The weights are the district's working judgement (authority PROD,
 * policy INV-002), shaped by the sources named; the findings of closed cases are counted to replace them.
 */
export const libraryVersion = '2026-07'

export type CauseCode =
  | 'irrigation-season'
  | 'irrigation-leak'
  | 'toilet'
  | 'service-line'
  | 'pool'
  | 'guests'
  | 'household'
  | 'new-landscape'
  | 'water-softener'
  | 'faucet'
  | 'longer-cycle'
  | 'catch-up'
  | 'misread'
  | 'meter-exchange'
  | 'swapped-meter'
  | 'theft'
  | 'rate-or-budget'

export type Cause = {
  readonly code: CauseCode
  readonly name: string
  readonly prior: number
  readonly nextStep: string
  readonly citation: string
}

export const causes: readonly Cause[] = [
  {
    code: 'toilet',
    name: 'Toilet or fixture running',
    prior: 0.2,
    nextStep: 'Dye test: colour in the tank, no flush for 15 to 60 minutes; colour in the bowl is the leak.',
    citation: 'LEAK-025, LEAK-007, LEAK-008',
  },
  {
    code: 'irrigation-season',
    name: 'Watering: timer or season',
    prior: 0.17,
    nextStep: 'Read the timer together: days, start times, minutes; compare with the water budget.',
    citation: 'LEAK-025, LEAK-024',
  },
  {
    code: 'irrigation-leak',
    name: 'Irrigation leak',
    prior: 0.09,
    nextStep: 'Close the irrigation valve and watch the low-flow indicator; walk the stations one by one.',
    citation: 'LEAK-025, LEAK-014',
  },
  {
    code: 'guests',
    name: 'Guests or more time at home',
    prior: 0.07,
    nextStep: 'Ask who stayed and when; use should fall again by itself.',
    citation: 'LEAK-025, WB-002',
  },
  {
    code: 'rate-or-budget',
    name: 'Rates or water budget changed',
    prior: 0.07,
    nextStep: 'Open the bill explanation and show the change at the old rates.',
    citation: 'LEAK-025',
  },
  {
    code: 'service-line',
    name: 'Leak between meter and house',
    prior: 0.06,
    nextStep: 'Close the house valve: an indicator that still turns means the line to the house.',
    citation: 'LEAK-025, LEAK-006',
  },
  {
    code: 'pool',
    name: 'Pool filling or auto-fill',
    prior: 0.05,
    nextStep: 'Mark the water level, auto-fill off for a day; more than half an inch down is a leak.',
    citation: 'LEAK-025, LEAK-022',
  },
  {
    code: 'household',
    name: 'More people live here',
    prior: 0.04,
    nextStep: 'Note the household with its date; offer the household variance for the water budget.',
    citation: 'WB-001, WB-021',
  },
  {
    code: 'longer-cycle',
    name: 'Longer billing period',
    prior: 0.04,
    nextStep: 'Show gallons a day: the use is the same, the period is longer.',
    citation: 'LEAK-025, WB-011',
  },
  {
    code: 'catch-up',
    name: 'Catch-up after an estimate',
    prior: 0.05,
    nextStep: 'Show both periods together; the tiers are spread over the whole span.',
    citation: 'LEAK-025, VEE-020',
  },
  {
    code: 'misread',
    name: 'Wrong read',
    prior: 0.04,
    nextStep: 'Re-read order, free of charge; if the first read was wrong, correct it and stop.',
    citation: 'LEAK-025, LEAK-002',
  },
  {
    code: 'new-landscape',
    name: 'New plants or lawn',
    prior: 0.03,
    nextStep: 'Ask when it was planted; offer the establishment variance.',
    citation: 'LEAK-025, WB-031',
  },
  {
    code: 'faucet',
    name: 'Dripping faucet or hose left on',
    prior: 0.03,
    nextStep: 'Count the drips in a minute; look at hose bibs and the washer.',
    citation: 'LEAK-025, LEAK-010, LEAK-021',
  },
  {
    code: 'meter-exchange',
    name: 'Meter exchange',
    prior: 0.02,
    nextStep: 'Check out-read, in-read, unit and multiplier of both meters.',
    citation: 'LEAK-025, VEE-010',
  },
  {
    code: 'water-softener',
    name: 'Water softener stuck',
    prior: 0.015,
    nextStep: 'Put the softener in bypass and watch the indicator.',
    citation: 'LEAK-025',
  },
  {
    code: 'theft',
    name: 'Somebody else uses the water',
    prior: 0.015,
    nextStep: 'Look for hoses and connections behind the meter; do not accuse anybody on the phone.',
    citation: 'LEAK-025',
  },
  {
    code: 'swapped-meter',
    name: 'Meter swapped with a neighbour',
    prior: 0.01,
    nextStep: 'Field order: compare the serial in the box of both houses, close one house valve.',
    citation: 'VEE-022 (wrong meter)',
  },
]

export const causeOf = (code: string): Cause | undefined => causes.find(cause => cause.code === code)
