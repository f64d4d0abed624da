/** Premises, service points, meters and the people at them, one by one and each from its own stream of chance. */
import { addDays, addMonths, type LocalDate } from '@curbstop/kernel/dates'
import { familyNames, firmWords, givenNames, streetNames, streetSuffixes } from './names.ts'
import { type Random, randomFor } from './random.ts'
import type { PremiseClass } from './use.ts'
import { type Zone, zones } from './weather.ts'

export const housesPerStreet = 48
export const books = 20

export type Premise = {
  index: number
  premiseId: bigint
  houseNumber: string
  street: string
  city: string
  zip: string
  class: PremiseClass
  dwellingUnits: number
  lotSqft: number
  irrigatedSqft: number
  hasPool: boolean
  zone: Zone
  builtOn: LocalDate
  bookId: number
  sequence: number
  hasSewer: boolean
}

const spanishTails = ['', ' Norte', ' Sur', ' Este', ' Oeste', ' Alto', ' Bajo', ' Viejo'] as const
const directions = ['', 'N ', 'E ', 'S ', 'W '] as const

/** The n-th street; ten thousand are different, then the city differs. */
export function streetOf(n: number): { street: string; city: string; zip: string } {
  const names = streetNames.length
  const name = streetNames[n % names]!
  const suffix = streetSuffixes[(Math.floor(n / names) + (n % names)) % streetSuffixes.length]!
  const direction = directions[Math.floor(n / (names * streetSuffixes.length)) % directions.length]!
  const town = Math.floor(n / (names * streetSuffixes.length * directions.length))
  const round = Math.floor(n / names) % streetSuffixes.length
  const tail = /^(Camino|El|Las|La) /.test(name) ? spanishTails[round]! : ` ${suffix}`
  return {
    street: `${direction}${name}${tail}`,
    city: town === 0 ? 'Cedar Flat' : 'Elk Bend',
    zip: town === 0 ? '95990' : '95991',
  }
}

const classes: readonly (readonly [PremiseClass, number])[] = [
  ['single-family', 86],
  ['multi-family', 4.5],
  ['commercial', 6],
  ['irrigation', 2],
  ['institutional', 0.9],
  ['fire', 0.6],
]

export function makePremise(seed: number, index: number, wanted?: PremiseClass): Premise {
  const random = randomFor(seed, `premise ${index}`)
  const streetNo = Math.floor(index / housesPerStreet)
  const kind = wanted ?? random.weighted(classes)
  const units =
    kind === 'multi-family'
      ? random.weighted([
          [2, 4],
          [4, 4],
          [8, 3],
          [16, 2],
          [40, 1],
          [96, 0.3],
        ] as const)
      : 1
  const lot = kind === 'single-family' ? random.int(4200, 13000) : random.int(9000, 60000)
  const green =
    kind === 'fire'
      ? 0
      : kind === 'irrigation'
        ? 0.7
        : kind === 'single-family'
          ? 0.16 + 0.2 * random.next()
          : 0.08
  return {
    index,
    premiseId: BigInt(index + 1),
    houseNumber: String(100 + (index % housesPerStreet) * 4 + (streetNo % 2)),
    ...streetOf(streetNo),
    class: kind,
    dwellingUnits: units,
    lotSqft: lot,
    irrigatedSqft: Math.round((lot * green) / 50) * 50,
    hasPool: kind === 'single-family' && random.chance(0.13),
    zone: zones[streetNo % zones.length]!,
    builtOn: `${random.int(1948, 2022)}-06-01` as LocalDate,
    bookId: 1 + (streetNo % books),
    sequence: (Math.floor(streetNo / books) * housesPerStreet + (index % housesPerStreet)) * 10,
    hasSewer: kind !== 'irrigation' && kind !== 'fire' && random.chance(0.93),
  }
}

export type Person = {
  kind: 'person' | 'firm'
  name: string
  givenName: string | null
  familyName: string | null
  language: 'en' | 'es'
  e164: string | null
  phoneKind: 'mobile' | 'home' | 'work'
  email: string | null
}

export type Occupant = {
  person: Person
  openedOn: LocalDate
  closedOn: LocalDate | null
  persons: number
  personsEvidence: string
  /** A change of household inside the two years. */
  personsLater: { fromOn: LocalDate; persons: number; evidence: string } | null
}

const spanishNames = new Set(givenNames.slice(0, 22))

export function makePerson(random: Random, kind: PremiseClass, index: number): Person {
  const e164 = `+1530555${String(((index * 7919 + random.int(0, 3)) % 9700) + 300).padStart(4, '0')}`
  if (kind !== 'single-family') return makeFirm(random, kind, e164)
  const given = random.pick(givenNames)
  const family = random.pick(familyNames)
  const plain = `${given}.${family}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase()
  return {
    kind: 'person',
    name: `${given} ${family}`,
    givenName: given,
    familyName: family,
    language: spanishNames.has(given) && random.chance(0.4) ? 'es' : 'en',
    e164,
    phoneKind: random.chance(0.8) ? 'mobile' : 'home',
    email: random.chance(0.72)
      ? `${plain}${index % 97}@${random.pick(['example.com', 'example.org', 'example.net'])}`
      : null,
  }
}

function makeFirm(random: Random, kind: PremiseClass, e164: string): Person {
  const words = {
    'multi-family': firmWords.dwelling,
    commercial: firmWords.trade,
    irrigation: firmWords.green,
    institutional: firmWords.public,
    fire: firmWords.trade,
    'single-family': firmWords.trade,
  }[kind]
  const name = `${random.pick(firmWords.first)} ${random.pick(words)}`
  const host = name.toLowerCase().replace(/[^a-z]/g, '')
  return {
    kind: 'firm',
    name,
    givenName: null,
    familyName: null,
    language: 'en',
    e164,
    phoneKind: 'work',
    email: `accounts@${host}.example`,
  }
}

export type MeterMake = {
  serial: string
  make: string
  size: string
  kind: 'displacement' | 'compound' | 'turbine' | 'ultrasonic' | 'fire-detector'
  unit: 'cf' | 'ccf' | 'gal'
  dials: number
  madeOn: LocalDate
}

const sizes: Readonly<Record<PremiseClass, readonly (readonly [string, number])[]>> = {
  'single-family': [
    ['5/8"', 52],
    ['3/4"', 42],
    ['1"', 6],
  ],
  'multi-family': [
    ['1"', 40],
    ['1 1/2"', 30],
    ['2"', 25],
    ['3"', 5],
  ],
  commercial: [
    ['3/4"', 35],
    ['1"', 30],
    ['1 1/2"', 18],
    ['2"', 14],
    ['3"', 2],
    ['4"', 1],
  ],
  irrigation: [
    ['3/4"', 25],
    ['1"', 40],
    ['1 1/2"', 20],
    ['2"', 15],
  ],
  institutional: [
    ['1 1/2"', 40],
    ['2"', 45],
    ['3"', 10],
    ['4"', 5],
  ],
  fire: [
    ['4"', 50],
    ['6"', 35],
    ['8"', 15],
  ],
}

/** Serial numbers are unique by construction: the make's letter, then a number that no other meter has. */
export function makeMeter(random: Random, kind: PremiseClass, serialNo: number, today: LocalDate): MeterMake {
  const size = random.weighted(sizes[kind])
  const modern = random.chance(0.25)
  const old = !modern && random.chance(0.12)
  const unit = modern ? 'gal' : old ? 'ccf' : 'cf'
  const years = modern ? random.int(1, 6) : old ? random.int(18, 26) : random.int(3, 18)
  return {
    serial: String(60_000_000 + serialNo),
    make: random.pick(modern ? ['Kestrel', 'Ultima'] : ['Harmon', 'Baystate', 'Northbrook']),
    size,
    kind: kind === 'fire' ? 'fire-detector' : modern ? 'ultrasonic' : 'displacement',
    unit,
    dials:
      unit === 'gal'
        ? 9
        : unit === 'ccf'
          ? kind === 'single-family'
            ? 4
            : 6
          : kind === 'single-family'
            ? 6
            : 8,
    madeOn: addDays(addMonths(today, -12 * years), -random.int(0, 300)),
  }
}
