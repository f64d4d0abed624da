/**
 * The dozen and a half named situations of the sample district. Each stands at a fixed place, so that the README can
 * say whom to look up and what to see there. `fromEnd` counts read periods from the latest (0) back.
 */
import { exchangeDigits } from './misread.ts'
import type { MeterMake, Occupant, Person, Premise } from './place.ts'
import type { PremiseClass, UseProfile } from './use.ts'

export type PayerKind = 'autopay' | 'prompt' | 'sometimes-late' | 'late' | 'behind'

export type Situation = {
  readonly key: string
  /** What to look for, for the README and for tests. */
  readonly lookFor: string
  readonly class: PremiseClass
  readonly premise?: Partial<Premise>
  readonly person?: Partial<Person>
  readonly occupant?: Partial<Occupant>
  readonly meter?: Partial<MeterMake>
  readonly profile?: UseProfile
  readonly startValue?: number
  readonly use?: (usual: number, fromEnd: number, days: number) => number
  readonly estimatedAt?: readonly number[]
  readonly estimateShare?: number
  readonly misread?: (fromEnd: number, believed: number) => number | undefined
  readonly exchangeAt?: number
  readonly newTenantAt?: number
  readonly householdChange?: { at: number; persons: number; evidence: string }
  readonly payer?: PayerKind
  readonly returnedPaymentAt?: number
  /** So many of the latest bills still wait for their payment. */
  readonly unpaidBills?: number
  readonly alert?: { tone: 'info' | 'attention' | 'danger'; text: string }
  readonly hazard?: { kind: 'dog' | 'hostile-person' | 'gate' | 'confined-space' | 'other'; note: string }
  readonly protected?: { kind: 'safe-at-home'; substitute: string; passphrase: string }
  readonly authorized?: { name: string; relation: string; scopes: readonly string[] }
  readonly owner?: Partial<Person>
  readonly pin?: string
  readonly oldNumber?: string
}

const home = (meanGallonsPerDay: number, outdoorShare: number, unrest = 0.035): UseProfile => ({
  meanGallonsPerDay,
  outdoorShare,
  unrest,
})
const person = (
  givenName: string,
  familyName: string,
  e164: string,
  more: Partial<Person> = {},
): Partial<Person> => ({
  kind: 'person',
  name: `${givenName} ${familyName}`,
  givenName,
  familyName,
  language: 'en',
  e164,
  phoneKind: 'mobile',
  email: `${givenName}.${familyName}@example.com`
    .normalize('NFD')
    .replace(/[^A-Za-z.@]/g, '')
    .toLowerCase(),
  ...more,
})
const five = { size: '5/8"', unit: 'cf', dials: 6, kind: 'displacement', make: 'Northbrook' } as const
const at = (houseNumber: string, street: string, irrigatedSqft: number): Partial<Premise> => ({
  houseNumber,
  street,
  irrigatedSqft,
  lotSqft: irrigatedSqft * 3,
  hasPool: false,
  hasSewer: true,
})

export const situations: readonly Situation[] = [
  {
    key: 'toilet-leak',
    lookFor:
      'Use steps up in the last period by about 215 gallons a day, in autumn, when it should fall: a toilet leak.',
    class: 'single-family',
    premise: at('118', 'Alder Ct', 2150),
    person: person('Ana', 'Ruiz', '+15305550148'),
    occupant: { persons: 4, personsEvidence: 'form 2231' },
    meter: five,
    profile: home(290, 0.34),
    use: (usual, fromEnd) => (fromEnd === 0 ? usual + 215 : fromEnd === 1 ? usual + 20 : usual),
    payer: 'prompt',
    unpaidBills: 1,
    authorized: { name: 'Luis Ruiz', relation: 'husband', scopes: ['view', 'pay'] },
    hazard: { kind: 'dog', note: 'Dog in the yard, call before entering' },
    pin: '4711',
    oldNumber: '07-118-22',
  },
  {
    key: 'stopped-meter',
    lookFor: 'Two periods of zero use after years of steady use, the house is lived in: a stopped meter.',
    class: 'single-family',
    premise: at('214', 'Birch Ln', 1400),
    person: person('Walter', 'Griffin', '+15305550152', { language: 'en' }),
    meter: { ...five, unit: 'cf' },
    profile: home(240, 0.3),
    use: (usual, fromEnd) => (fromEnd < 2 ? 0 : usual),
    payer: 'autopay',
  },
  {
    key: 'irrigation-jump',
    lookFor:
      'Summer use doubled against last summer and falls with the season; large garden: the irrigation timer.',
    class: 'single-family',
    premise: { ...at('37', 'Orchard Dr', 5200), hasPool: false },
    person: person('Priscilla', 'Oyelaran', '+15305550161'),
    meter: { ...five, size: '3/4"' },
    profile: home(420, 0.62),
    use: (usual, fromEnd) => (fromEnd < 6 ? 150 + (usual - 150) * 2.1 : usual),
    payer: 'prompt',
    unpaidBills: 1,
  },
  {
    key: 'rollover',
    lookFor: 'The dials passed 9999 and began again at 0: the use is right, the subtraction is not.',
    class: 'single-family',
    premise: at('402', 'Larch Way', 1800),
    person: person('Bernice', 'Kowalski', '+15305550170'),
    meter: { size: '5/8"', unit: 'ccf', dials: 4, kind: 'displacement', make: 'Harmon' },
    startValue: 9712,
    profile: home(310, 0.3),
    payer: 'sometimes-late',
  },
  {
    key: 'swapped-a',
    lookFor:
      'Since three periods this home and its neighbour (53 Fir Pl) show each other’s use: swapped meters.',
    class: 'single-family',
    premise: at('51', 'Fir Pl', 900),
    person: person('Harold', 'Simmons', '+15305550173'),
    meter: five,
    profile: home(110, 0.15),
    use: (usual, fromEnd) => (fromEnd < 3 ? usual * 4.1 : usual),
    payer: 'prompt',
  },
  {
    key: 'swapped-b',
    lookFor:
      'The other half of the swapped pair: a family of five whose use fell to a quarter when that of 51 Fir Pl rose.',
    class: 'single-family',
    premise: { ...at('53', 'Fir Pl', 2600), sequence: 315 }, // read right after its neighbour, who stands at 310
    person: person('Noemi', 'Castellanos', '+15305550174', { language: 'es' }),
    occupant: { persons: 5, personsEvidence: 'application form' },
    meter: five,
    profile: home(455, 0.3),
    use: (usual, fromEnd) => (fromEnd < 3 ? usual * 0.25 : usual),
    payer: 'prompt',
  },
  {
    key: 'new-tenant',
    lookFor:
      'Moved in three months ago: the bill is compared with their own period before, not with the people before. Owner of record is on file.',
    class: 'single-family',
    premise: at('880', 'Sycamore Ave', 1700),
    person: person('Devon', 'Marsh', '+15305550181'),
    occupant: { persons: 5, personsEvidence: 'application form' },
    meter: five,
    profile: home(180, 0.25),
    newTenantAt: 21,
    use: (usual, fromEnd) => (fromEnd < 4 ? usual * 2.0 : usual),
    owner: person('Grace', 'Lindqvist', '+15305550182'),
    payer: 'prompt',
  },
  {
    key: 'protected',
    lookFor:
      'A protected customer (Safe at Home): found by exact account number only, the address is withheld, the passphrase is “lantern”.',
    class: 'single-family',
    premise: at('19', 'Heron Ct', 1200),
    person: person('Mara', 'Delgado', '+15305550190', { email: null }),
    meter: five,
    profile: home(190, 0.3),
    protected: { kind: 'safe-at-home', substitute: 'PO Box 846, Sacramento CA 95812', passphrase: 'lantern' },
    payer: 'autopay',
  },
  {
    key: 'misread',
    lookFor:
      'One period far too high: two digits of the last read were exchanged; the next read will be below it.',
    class: 'single-family',
    premise: at('640', 'Magnolia St', 1600),
    person: person('Curtis', 'Nakagawa', '+15305550193'),
    meter: five,
    startValue: 409_300, // so that two years later the hundreds stand well above the thousands
    profile: home(230, 0.3),
    misread: (fromEnd, believed) => (fromEnd === 0 ? exchangeDigits(believed) : undefined),
    payer: 'prompt',
    unpaidBills: 1,
  },
  {
    key: 'catch-up',
    lookFor: 'Two estimated reads were too low; the actual read now collects three months at once.',
    class: 'single-family',
    premise: at('77', 'Hazel Rd', 2000),
    person: person('Tobias', 'Fitzgerald', '+15305550196'),
    meter: five,
    profile: home(300, 0.3),
    estimatedAt: [1, 2],
    estimateShare: 0.3,
    payer: 'sometimes-late',
    unpaidBills: 1,
  },
  {
    key: 'pool-fill',
    lookFor:
      'One period with some 20,000 gallons more than usual, and a pool on record: the pool was filled.',
    class: 'single-family',
    premise: { ...at('305', 'Vista Way', 2400), hasPool: true },
    person: person('Janelle', 'Hughes', '+15305550199'),
    meter: { ...five, size: '3/4"' },
    profile: home(330, 0.38),
    use: (usual, fromEnd) => (fromEnd === 0 ? usual + 640 : usual),
    payer: 'autopay',
    unpaidBills: 1,
  },
  {
    key: 'more-people',
    lookFor:
      'Three people on the bills, seven told by telephone: use is up by the same in every month since the summer; a variance would help.',
    class: 'single-family',
    premise: at('1208', 'Quince Ave', 1500),
    person: person('Rosario', 'Peña', '+15305550203', { language: 'es' }),
    occupant: { persons: 3, personsEvidence: 'application form' },
    meter: five,
    profile: home(200, 0.2),
    use: (usual, fromEnd) => (fromEnd < 5 ? usual + 210 : usual),
    householdChange: { at: 0, persons: 7, evidence: 'telephone, form to follow' },
    payer: 'late',
  },
  {
    key: 'meter-exchange',
    lookFor: 'The meter was exchanged inside the last period: two meters make one bill.',
    class: 'single-family',
    premise: at('92', 'Willow Ln', 1300),
    person: person('Anthony', 'O’Brien', '+15305550207'),
    meter: five,
    startValue: 688_100,
    profile: home(250, 0.25),
    exchangeAt: 0,
    payer: 'prompt',
  },
  {
    key: 'behind',
    lookFor:
      'Two bills past due, a returned check in the spring, a hold against late fees: the account is behind.',
    class: 'single-family',
    premise: at('555', 'Depot St', 1100),
    person: person('Shirley', 'Vance', '+15305550211'),
    meter: five,
    profile: home(260, 0.25),
    payer: 'behind',
    returnedPaymentAt: 7,
    alert: { tone: 'attention', text: 'Check returned in the spring; ask for card or cash' },
  },
  {
    key: 'rates-only',
    lookFor: 'Use is the same to the unit, the bill is not: only the rates of July changed it.',
    class: 'single-family',
    premise: at('16', 'Juniper Ct', 600),
    person: person('Edith', 'Washburn', '+15305550214'),
    occupant: { persons: 1, personsEvidence: 'application form' },
    meter: five,
    profile: home(98, 0.02, 0.001),
    payer: 'autopay',
    pin: '2468',
  },
  {
    key: 'bakery',
    lookFor: 'A commercial account whose name has quotes, accents and an ampersand: search for it, print it.',
    class: 'commercial',
    premise: { houseNumber: '1', street: 'Market St', irrigatedSqft: 300, lotSqft: 8000, hasSewer: true },
    person: {
      kind: 'firm',
      name: '“Café Olé” Bakery & Sons',
      givenName: null,
      familyName: null,
      language: 'en',
      e164: '+15305550220',
      phoneKind: 'work',
      email: 'office@cafeole.example',
    },
    meter: { size: '1"', unit: 'cf', dials: 7, kind: 'displacement', make: 'Baystate' },
    profile: home(1150, 0.08),
    payer: 'prompt',
  },
]
