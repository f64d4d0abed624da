/**
 * Questions for the caller. `given` is how likely each answer is when a cause is the true one; `otherwise` is how
 * likely it is under every other cause. From these the desk knows which question settles most (rank.ts).
 */
import type { CauseCode } from './causes.ts'

export type Answer = {
  readonly code: string
  readonly label: string
  /** What the caller has said with it, after "Customer says": for the note and the evidence. */
  readonly says: string
  readonly otherwise: number
  readonly given: Partial<Readonly<Record<CauseCode, number>>>
}

export type Question = {
  readonly code: string
  readonly ask: string
  readonly why: string
  readonly answers: readonly Answer[]
  /** Asked only where it makes sense. */
  readonly onlyIf?: 'irrigated'
}

type Given = Answer['given']
/** Code, button, statement; then the two chances. */
type Words = readonly [code: string, label: string, says: string]
const answer = ([code, label, says]: Words, otherwise: number, given: Given): Answer => ({
  code,
  label,
  says,
  otherwise,
  given,
})

const unknown = (says: string, otherwise = 0.15, given: Given = {}): Answer =>
  answer(['unknown', 'Does not know', says], otherwise, given)

export const questions: readonly Question[] = [
  {
    code: 'toilet-refill',
    ask: 'Do you hear a toilet refill when nobody has used it?',
    why: 'A running toilet refills by itself, day and night.',
    answers: [
      answer(['yes', 'Yes', 'a toilet refills when nobody has used it'], 0.05, { toilet: 0.6 }),
      answer(['no', 'No', 'no toilet refills by itself'], 0.8, { toilet: 0.2 }),
      unknown('they do not know whether a toilet refills by itself', 0.15, { toilet: 0.2 }),
    ],
  },
  {
    code: 'timer',
    ask: 'Was the sprinkler timer changed, or did it lose power?',
    why: 'A timer that was reset often waters every day.',
    onlyIf: 'irrigated',
    answers: [
      answer(['changed', 'Changed or reset', 'the sprinkler timer was changed or lost power'], 0.08, {
        'irrigation-season': 0.6,
        'new-landscape': 0.6,
      }),
      answer(['same', 'Same as ever', 'the sprinkler timer is set as ever'], 0.62, {
        'irrigation-season': 0.2,
        'irrigation-leak': 0.69,
        'new-landscape': 0.2,
      }),
      answer(['off', 'Off or none', 'the sprinkler timer is off, or there is none'], 0.2, {
        'irrigation-season': 0.02,
        'irrigation-leak': 0.08,
        'new-landscape': 0.05,
      }),
      unknown('they do not know whether the sprinkler timer was changed', 0.1, {
        'irrigation-season': 0.18,
        'irrigation-leak': 0.15,
        'new-landscape': 0.15,
      }),
    ],
  },
  {
    code: 'wet-spot',
    ask: 'Is there a soft, very green or wet spot in the yard, or water at the meter box?',
    why: 'A leak in the ground shows where it comes up.',
    answers: [
      answer(
        ['yes', 'Yes', 'there is a soft, very green or wet spot in the yard, or water at the meter box'],
        0.03,
        { 'service-line': 0.45, 'irrigation-leak': 0.5 },
      ),
      answer(['no', 'No', 'there is no wet spot in the yard and no water at the meter box'], 0.77, {
        'service-line': 0.35,
        'irrigation-leak': 0.3,
      }),
      unknown('they do not know of a wet spot in the yard', 0.2),
    ],
  },
  {
    code: 'guests',
    ask: 'Did somebody stay with you in these weeks, or was everybody at home more?',
    why: 'Each person uses about 55 gallons a day (WB-002).',
    answers: [
      answer(['guests', 'Guests, now gone', 'guests stayed in these weeks and are gone now'], 0.08, {
        guests: 0.8,
        household: 0.15,
      }),
      answer(['moved-in', 'Somebody moved in', 'somebody moved in'], 0.03, { guests: 0.1, household: 0.75 }),
      answer(['no', 'No', 'nobody stayed with them or was at home more'], 0.89, {
        guests: 0.1,
        household: 0.1,
      }),
    ],
  },
  {
    code: 'pool',
    ask: 'Is there a pool, spa or fountain that was filled or fills itself?',
    why: 'A pool takes 10,000 gallons and more; an auto-fill hides its leak.',
    answers: [
      answer(['filled', 'Filled', 'a pool, spa or fountain was filled'], 0.02, { pool: 0.5 }),
      answer(['auto-fill', 'Fills itself', 'there is a pool, spa or fountain that fills itself'], 0.06, {
        pool: 0.4,
      }),
      answer(['no', 'No', 'no pool, spa or fountain was filled'], 0.92, { pool: 0.1 }),
    ],
  },
  {
    code: 'plants',
    ask: 'Was anything new planted or sown?',
    why: 'New plants need about a quarter more water for half a year (WB-031).',
    onlyIf: 'irrigated',
    answers: [
      answer(['yes', 'Yes', 'something new was planted or sown'], 0.05, { 'new-landscape': 0.9 }),
      answer(['no', 'No', 'nothing new was planted or sown'], 0.95, { 'new-landscape': 0.1 }),
    ],
  },
  {
    code: 'away',
    ask: 'Was the house empty for a while in this period?',
    why: 'Use in an empty house is a leak, a timer or a wrong read.',
    answers: [
      answer(['yes', 'Yes', 'the house was empty for a while in this period'], 0.1, {
        guests: 0.02,
        household: 0.03,
        misread: 0.15,
        'service-line': 0.15,
        toilet: 0.12,
      }),
      answer(['no', 'No', 'the house was not empty in this period'], 0.9, {
        guests: 0.98,
        household: 0.97,
        misread: 0.85,
        'service-line': 0.85,
        toilet: 0.88,
      }),
    ],
  },
  {
    code: 'read-now',
    ask: 'Can you read me the numbers on the meter now?',
    why: 'A meter that stands below the billed read was read wrong.',
    answers: [
      answer(
        ['below', 'Below the billed read', 'the meter now shows less than the read that was billed'],
        0.01,
        { misread: 0.7, 'swapped-meter': 0.3 },
      ),
      answer(
        [
          'as-expected',
          'Above, as expected',
          'the meter now shows more than the read that was billed, as it should',
        ],
        0.64,
        { misread: 0.1, 'swapped-meter': 0.35 },
      ),
      answer(['cannot', 'Cannot', 'they cannot read the meter now'], 0.35, {
        misread: 0.2,
        'swapped-meter': 0.35,
      }),
    ],
  },
  {
    code: 'serial',
    ask: 'Which number is stamped on the lid of your meter?',
    why: 'Another serial than ours is somebody else’s meter.',
    answers: [
      answer(['other', 'Another number', 'another number than ours is stamped on the meter'], 0.01, {
        'swapped-meter': 0.7,
        'meter-exchange': 0.1,
      }),
      answer(['same', 'Our number', 'our number is stamped on the meter'], 0.54, {
        'swapped-meter': 0.05,
        'meter-exchange': 0.45,
      }),
      answer(['cannot', 'Cannot', 'they cannot see the number on the meter'], 0.45, {
        'swapped-meter': 0.25,
        'meter-exchange': 0.45,
      }),
    ],
  },
  {
    code: 'drip',
    ask: 'Does a faucet drip, or was a hose left running?',
    why: 'A hose left on runs up to 500 gallons an hour (LEAK-021).',
    answers: [
      answer(['drip', 'Drips', 'a faucet drips'], 0.06, { faucet: 0.6 }),
      answer(['hose', 'Hose left on', 'a hose was left running'], 0.03, { faucet: 0.35 }),
      answer(['no', 'No', 'no faucet drips and no hose was left running'], 0.91, { faucet: 0.05 }),
    ],
  },
  {
    code: 'softener',
    ask: 'Is there a water softener, and does it run at odd times?',
    why: 'A softener stuck in regeneration runs to the drain.',
    answers: [
      answer(['odd', 'Runs at odd times', 'the water softener runs at odd times'], 0.02, {
        'water-softener': 0.6,
      }),
      answer(['fine', 'Runs as ever', 'the water softener runs as ever'], 0.2, { 'water-softener': 0.3 }),
      answer(['none', 'None', 'there is no water softener'], 0.78, { 'water-softener': 0.1 }),
    ],
  },
  {
    code: 'others',
    ask: 'Can anybody else reach your outside taps, for example a building site next door?',
    why: 'A hose over the fence takes more than a drip.',
    answers: [
      answer(['yes', 'Yes', 'somebody else can reach the outside taps'], 0.07, { theft: 0.7 }),
      answer(['no', 'No', 'nobody else can reach the outside taps'], 0.93, { theft: 0.3 }),
    ],
  },
]

export const questionOf = (code: string): Question | undefined =>
  questions.find(question => question.code === code)

/** P(answer | cause). */
export const likelihoodOf = (answer: Answer, cause: CauseCode): number =>
  answer.given[cause] ?? answer.otherwise
