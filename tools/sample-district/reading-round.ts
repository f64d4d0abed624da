/** What the readers wrote down on the round: the truth of the story for most, and a fault of every kind for some. */
import { addMonths, daysBetween } from '@curbstop/kernel/dates'
import type { Stop } from './handheld.ts'
import { accountNumberOf, idsOf } from './ids.ts'
import { exchangeDigits } from './misread.ts'
import { passesZero, readOnOf, roundOf } from './morning.ts'
import { housesPerStreet } from './place.ts'
import { randomFor } from './random.ts'
import type { SeedOptions } from './seed.ts'
import { makeStory, type Story } from './story.ts'

type Home = {
  readonly index: number
  readonly story: Story
  readonly last: bigint
  readonly capacity: bigint
  /** Units of the dial in this period, if nothing is wrong. */
  readonly use: number
  readonly days: number
}
type Written = Pick<Stop, 'value' | 'skipCode' | 'byCustomer'>
type Fault = (home: Home) => Written

const read = (value: bigint): Written => ({ value, skipCode: null, byCustomer: false })
const after = ({ last, capacity }: Home, use: number): bigint => (last + BigInt(Math.round(use))) % capacity
const used =
  (times: number): Fault =>
  home =>
    read(after(home, home.use * times))
const more =
  (gallonsPerDay: number): Fault =>
  home =>
    read(after(home, home.use + (gallonsPerDay * home.days) / gallonsOf[unitOf(home)]))
const skipped =
  (skipCode: string): Fault =>
  () => ({ value: null, skipCode, byCustomer: false })
const exchanged: Fault = home => read(BigInt(exchangeDigits(Number(after(home, home.use)))))
/** A digit read too low, far enough left to stand below the read before. */
const oneDigitLow: Fault = home => {
  const shown = after(home, home.use)
  const step = 10n ** BigInt(Math.ceil(Math.log10(home.use * 1.5)))
  return read(shown >= step ? shown - step : shown)
}
const byTelephone: Fault = home => ({ ...read(after(home, home.use * 0.97)), byCustomer: true })

const gallonsOf = { cf: 7.48, ccf: 748, gal: 1 } as const
const unitOf = ({ story }: Home) => story.installations.at(-1)!.meter.unit

/** In the order of the walk, every fifth home one of these, until they are used up: one of each kind first. */
const faults: readonly Fault[] = [
  exchanged,
  skipped('DOG'),
  used(0),
  more(220), // a toilet
  oneDigitLow,
  used(1.9),
  used(4.2),
  byTelephone,
  used(0.2),
  used(2),
  skipped('LOCK'),
  used(10), // a digit too many
  used(1.8),
  more(1300), // a pipe
  skipped('CAR'),
  used(0.25),
  exchanged,
  used(2.2),
  used(0),
  more(240),
  used(2.1),
  skipped('BURI'),
  oneDigitLow,
  used(3),
  skipped('DOG'),
  used(1.9),
  used(2.4),
  skipped('VEG'),
  used(0),
  used(1.7),
  exchanged,
  skipped('LOCK'),
  used(0.15),
  more(210),
]
const everyFifth = 5

export function stopsOf(options: Pick<SeedOptions, 'seed' | 'today'>, places: readonly number[]): Stop[] {
  const homes = places.flatMap(index => homeAt(options, index) ?? [])
  const swapped = swapOf(homes)
  let next = 0
  return homes.flatMap((home, at) => {
    const random = randomFor(options.seed, `round ${home.index}`)
    if (swapped.has(home.index)) return [stopOf(options, home, read(swapped.get(home.index)!))]
    if (passesZero(home.index))
      return [stopOf(options, home, used(Math.floor(home.index / housesPerStreet) % 2 === 0 ? 3.4 : 1)(home))]
    const isFault = at % everyFifth === 2 && next < faults.length && home.use > 20
    if (isFault) return [stopOf(options, home, faults[next++]!(home))]
    if (random.chance(0.07)) return [] // not come by yet
    return [stopOf(options, home, used(0.9 + 0.2 * random.next())(home))]
  })
}

/** Two neighbours whose values were written into each other's lines. */
function swapOf(homes: readonly Home[]): Map<number, bigint> {
  const at = homes.findIndex(({ index, use, story }, n) => {
    const next = homes[n + 1]
    return (
      next?.index === index + 1 && n % everyFifth === 3 && use > 20 && story.premise.class === 'single-family'
    )
  })
  const [a, b] = [homes[at], homes[at + 1]]
  return a && b
    ? new Map([
        [a.index, after(b, b.use)],
        [b.index, after(a, a.use)],
      ])
    : new Map()
}

function homeAt({ seed, today }: Pick<SeedOptions, 'seed' | 'today'>, index: number): Home | null {
  const round = roundOf(index, today)
  if (!round) return null
  const story = makeStory(seed, index, today, null)
  const on = readOnOf(round, today)
  const last = story.reads.at(-1)
  if (!last || last.on >= on) return null
  const { meter } = story.installations.at(-1)!
  const capacity = 10n ** BigInt(meter.dials)
  const days = daysBetween(last.on, on)
  return { index, story, last: last.value, capacity, days, use: perDayLastYear(story, on, capacity) * days }
}

/** Dial units a day in the period of a year ago, or else of the last one. */
function perDayLastYear({ reads }: Story, on: Parameters<typeof addMonths>[0], capacity: bigint): number {
  const wanted = addMonths(on, -12)
  const found = reads.findIndex(({ on: day }, at) => at > 0 && Math.abs(daysBetween(wanted, day)) < 16)
  const at = found > 0 ? found : reads.length - 1
  const [from, to] = [reads[at - 1]!, reads[at]!]
  const units = to.value >= from.value ? to.value - from.value : to.value + capacity - from.value
  return Number(units) / Math.max(1, daysBetween(from.on, to.on))
}

const readers = ['JM', 'KB', 'RT'] as const

function stopOf(
  { today }: Pick<SeedOptions, 'today'>,
  { index, story, last, capacity }: Home,
  written: Written,
): Stop {
  const round = roundOf(index, today)!
  const { premise, installations } = story
  const value = written.value === null || written.value < capacity ? written.value : written.value % capacity
  return {
    ...written,
    value,
    book: `B${String(round.book).padStart(2, '0')}`,
    account: accountNumberOf(idsOf(index).occupant(0).account),
    address: `${premise.houseNumber} ${premise.street}`,
    meter: installations.at(-1)!.meter.serial,
    dials: installations.at(-1)!.meter.dials,
    on: readOnOf(round, today),
    reader: readers[Math.floor(index / 24) % readers.length]!,
    previous: last,
  }
}
