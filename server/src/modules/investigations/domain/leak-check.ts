/** The guided leak check (LEAK-005 to LEAK-011): steps as the advisor reads them out. */
import type { Sight } from './evidence/index.ts'

export type StepCode = 'all-off' | 'indicator' | 'two-reads' | 'house-valve' | 'dye-test' | 'fixtures'

export type StepAnswer = {
  readonly code: string
  readonly label: string
  /** What is kept as evidence. */
  readonly says: string
}

export type Step = {
  readonly code: StepCode
  readonly title: string
  readonly instruction: string
  readonly answers: readonly StepAnswer[]
  readonly asksReads: boolean
  readonly citation: string
}

export const leakCheck: readonly Step[] = [
  {
    code: 'all-off',
    title: 'Everything off',
    instruction:
      'Close every tap inside and outside, no washer, no dishwasher, ice maker and softener off, sprinkler timer off.',
    answers: [
      { code: 'done', label: 'All is off', says: 'All water was turned off.' },
      { code: 'not-possible', label: 'Not possible now', says: 'Not all water could be turned off.' },
    ],
    asksReads: false,
    citation: 'LEAK-005',
  },
  {
    code: 'indicator',
    title: 'Low-flow indicator',
    instruction: 'Watch the small triangle or star on the dial for five minutes. Does it turn?',
    answers: [
      { code: 'turns', label: 'Turns', says: 'The low-flow indicator turned with all water off.' },
      { code: 'still', label: 'Stands still', says: 'The low-flow indicator stood still for five minutes.' },
      { code: 'unclear', label: 'Cannot see it', says: 'The indicator could not be watched.' },
    ],
    asksReads: false,
    citation: 'LEAK-005',
  },
  {
    code: 'two-reads',
    title: 'Two reads',
    instruction:
      'Read all digits, wait 30 to 60 minutes without any use, read again. The difference is the leak.',
    answers: [
      { code: 'read', label: 'Two reads taken', says: 'Two reads were taken without use in between.' },
      { code: 'unclear', label: 'Could not be taken', says: 'The two reads could not be taken.' },
    ],
    asksReads: true,
    citation: 'LEAK-005',
  },
  {
    code: 'house-valve',
    title: 'House valve',
    instruction: 'Close the valve where the water enters the house, and look at the indicator again.',
    answers: [
      { code: 'moving', label: 'Still moving', says: 'With the house valve closed the meter still moved.' },
      { code: 'stopped', label: 'Stopped', says: 'With the house valve closed the meter stopped.' },
      { code: 'unclear', label: 'No valve found', says: 'The house valve could not be closed.' },
    ],
    asksReads: false,
    citation: 'LEAK-006',
  },
  {
    code: 'dye-test',
    title: 'Toilet dye test',
    instruction: 'Food colour into the tank, do not flush for 15 to 60 minutes. Is there colour in the bowl?',
    answers: [
      { code: 'colour', label: 'Colour in the bowl', says: 'The dye test showed colour in the bowl.' },
      { code: 'clear', label: 'Bowl stayed clear', says: 'The dye test stayed clear.' },
      { code: 'unclear', label: 'Not done', says: 'The dye test was not done.' },
    ],
    asksReads: false,
    citation: 'LEAK-007',
  },
  {
    code: 'fixtures',
    title: 'Which fixture fits',
    instruction: 'Compare the unexplained gallons a day with what fixtures lose, and name the one that fits.',
    answers: [
      { code: 'fits', label: 'One fits', says: 'A fixture fits the unexplained use.' },
      { code: 'none', label: 'None fits', says: 'No fixture fits the unexplained use.' },
    ],
    asksReads: false,
    citation: 'LEAK-008 to LEAK-022',
  },
]

export const stepOf = (code: string): Step | undefined => leakCheck.find(step => step.code === code)

/**
 * What a result means for the ranking, as likelihoods like those of evidence: P(result | cause) over the usual.
 * "Still moving" with the house valve closed is the line to the house or the irrigation before the valve.
 */
const stepWeights: Readonly<Record<string, Sight['under']>> = {
  'indicator:turns': {
    toilet: 5,
    'service-line': 5,
    'irrigation-leak': 4,
    faucet: 4,
    'water-softener': 4,
    pool: 2,
    guests: 0.3,
    household: 0.3,
    'irrigation-season': 0.5,
    misread: 0.3,
    'catch-up': 0.3,
    'longer-cycle': 0.3,
    'rate-or-budget': 0.3,
    'swapped-meter': 0.8,
  },
  'indicator:still': {
    toilet: 0.25,
    'service-line': 0.08,
    'irrigation-leak': 0.35,
    faucet: 0.3,
    'water-softener': 0.4,
    pool: 0.8,
  },
  'house-valve:moving': {
    'service-line': 8,
    'irrigation-leak': 4,
    pool: 1.2,
    toilet: 0.08,
    faucet: 0.3,
    'water-softener': 0.1,
    guests: 0.2,
    household: 0.2,
  },
  'house-valve:stopped': {
    toilet: 2.5,
    faucet: 1.5,
    'water-softener': 2,
    'service-line': 0.05,
    'irrigation-leak': 0.3,
  },
  'dye-test:colour': { toilet: 25, 'service-line': 0.6, 'irrigation-leak': 0.6 },
  'dye-test:clear': { toilet: 0.2 },
  'two-reads:flow': {
    toilet: 5,
    'service-line': 5,
    'irrigation-leak': 4,
    faucet: 4,
    'water-softener': 4,
    guests: 0.3,
    household: 0.3,
    'irrigation-season': 0.5,
    misread: 0.3,
    'rate-or-budget': 0.3,
  },
  'two-reads:no-flow': { toilet: 0.3, 'service-line': 0.08, 'irrigation-leak': 0.35, faucet: 0.3 },
}

export type StepResult = { readonly step: string; readonly result: string; readonly says: string }

/** The newest result of each step as a sight for the ranking; steps that settle nothing give none. */
export function stepSights(results: readonly StepResult[]): Sight[] {
  const newest = new Map(results.map(result => [result.step, result]))
  return [...newest.values()].flatMap(({ step, result, says }) => {
    const under = stepWeights[`${step}:${result}`]
    return under ? [{ code: `check-${step}`, says, under }] : []
  })
}
