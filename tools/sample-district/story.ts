/**
 * What happened at one premise in two years: who lived there, which meter hung there, what was read, and how much
 * water ran between two reads. Pure and deterministic; bills and payments are made from it by the real engine.
 */
import { addDays, addMonths, dayOfWeek, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { passesZero, roundOf } from './morning.ts'
import { type MeterMake, makeMeter, makePerson, makePremise, type Occupant, type Premise } from './place.ts'
import { type Random, randomFor } from './random.ts'
import type { Situation } from './situations.ts'
import { gallonsPerDayIn, makeUseProfile } from './use.ts'
import { seasonOf } from './weather.ts'

export const periodsOfHistory = 24

export type StoryRead = {
  on: LocalDate
  value: bigint
  kind: 'actual' | 'estimated' | 'final' | 'customer' | 'exchange-out' | 'exchange-in'
  meter: number
  /** The dials went through zero since the read before. */
  passedZero: boolean
}
export type Installation = {
  meter: MeterMake
  fromOn: LocalDate
  toOn: LocalDate | null
  inValue: bigint
  outValue: bigint | null
}
export type Story = {
  premise: Premise
  occupants: Occupant[]
  installations: Installation[]
  reads: StoryRead[]
  /** Days on which a bill period may end: the regular reads and the hand-overs, oldest first. */
  readDays: LocalDate[]
  situation: Situation | null
  random: Random
}

const gallonsOf = { cf: 7.48, ccf: 748, gal: 1 } as const

/** Monthly read days of a book, the latest not after today; weekends move to Monday. */
export function readDaysOf(book: number, today: LocalDate): LocalDate[] {
  const day = String(book).padStart(2, '0')
  let last = localDate(`${today.slice(0, 7)}-${day}`)
  if (last >= today) last = addMonths(last, -1)
  return Array.from({ length: periodsOfHistory + 1 }, (_, i) => {
    const nominal = addMonths(last, i - periodsOfHistory)
    const weekday = dayOfWeek(nominal)
    return weekday === 6 ? addDays(nominal, 2) : weekday === 0 ? addDays(nominal, 1) : nominal
  }).filter(on => on < today)
}

export function makeStory(seed: number, index: number, today: LocalDate, situation: Situation | null): Story {
  const random = randomFor(seed, `story ${index}`)
  const premise = { ...makePremise(seed, index, situation?.class), ...situation?.premise }
  const unread = situation ? null : roundOf(index, today)
  const readDays = readDaysOf(premise.bookId, unread && unread.dueOn < today ? unread.dueOn : today)
  const occupants = makeOccupants(random, premise, readDays, situation)
  const handOvers = occupants.flatMap(o => (o.closedOn ? [o.closedOn] : []))
  const allDays = [...new Set([...readDays, ...handOvers])].sort()
  const story: Story = {
    premise,
    occupants,
    installations: [],
    reads: [],
    readDays: allDays,
    situation,
    random,
  }
  readMeters(story, seed, today, new Set(handOvers))
  if (unread && passesZero(index)) moveNearZero(story)
  return story
}

/** The dials turn over with the next read: every value is shifted by the same, so that no use changes. */
function moveNearZero({ installations, reads }: Story): void {
  const [installation] = installations
  const [before, last] = reads.slice(-2)
  if (!installation || !before || !last || reads.some(read => read.passedZero)) return
  const shift = BigInt(10 ** installation.meter.dials) - 1n - last.value - (last.value - before.value) / 2n
  if (shift <= 0n) return
  installation.inValue += shift
  for (const read of reads) read.value += shift
}

function makeOccupants(
  random: Random,
  premise: Premise,
  readDays: readonly LocalDate[],
  situation: Situation | null,
): Occupant[] {
  const first = readDays[0]!
  const since = addDays(first, -random.int(40, 5400))
  const current = makeOccupant(random, premise, premise.index, since)
  const moved = situation
    ? situation.newTenantAt
    : random.chance(0.07)
      ? random.int(3, readDays.length - 3)
      : undefined
  const occupants =
    moved === undefined ? [current] : withPredecessor(random, premise, current, readDays[moved]!)
  const last = occupants[occupants.length - 1]!
  Object.assign(last, situation?.occupant)
  if (situation?.person) last.person = { ...last.person, ...situation.person }
  if (situation?.householdChange) {
    const { at, persons, evidence } = situation.householdChange
    last.personsLater = { fromOn: addDays(readDays.at(-1 - at)!, 2), persons, evidence }
  }
  return occupants
}

function withPredecessor(random: Random, premise: Premise, current: Occupant, near: LocalDate): Occupant[] {
  const on = addDays(near, random.int(5, 22))
  const before = makeOccupant(random, premise, premise.index + 1_000_003, current.openedOn)
  return [
    { ...before, closedOn: on },
    { ...current, openedOn: on },
  ]
}

function makeOccupant(random: Random, premise: Premise, personNo: number, openedOn: LocalDate): Occupant {
  const isHome = premise.class === 'single-family'
  const known = random.chance(0.7)
  const persons = isHome
    ? known
      ? random.weighted([
          [1, 18],
          [2, 30],
          [3, 20],
          [4, 18],
          [5, 9],
          [6, 4],
          [7, 1],
        ] as const)
      : 3
    : premise.class === 'multi-family'
      ? premise.dwellingUnits * 2
      : 0
  return {
    person: makePerson(random, premise.class, personNo),
    openedOn,
    closedOn: null,
    persons,
    personsEvidence: isHome && known ? 'application form' : 'class default (WB-003, WB-004)',
    personsLater: null,
  }
}

/** Runs the water through the meter, period by period, and reads it as readers do. */
function readMeters(story: Story, seed: number, today: LocalDate, handOvers: ReadonlySet<LocalDate>): void {
  const { premise, situation, random, readDays } = story
  const profile = situation?.profile ?? makeUseProfile(random, premise.class, premise.irrigatedSqft)
  const vacantFrom = !situation && random.chance(0.012) ? random.int(8, 23) : -1
  const meter = { ...makeMeter(random, premise.class, premise.index * 3 + 1, today), ...situation?.meter }
  const capacity = 10 ** meter.dials
  const start = situation?.startValue ?? Math.floor((capacity * random.int(2, 80)) / 100)
  const first = readDays[0]!
  const installedOn = addDays(first, -random.int(60, 1500))
  const before = (profile.meanGallonsPerDay * daysBetween(installedOn, first)) / gallonsOf[meter.unit]
  const inValue = BigInt(Math.max(0, Math.floor(start - before)))
  story.installations.push({ meter, fromOn: installedOn, toOn: null, inValue, outValue: null })
  let volume = start * gallonsOf[meter.unit]
  const read = (on: LocalDate, kind: StoryRead['kind'], value: number) => {
    const shown = BigInt(Math.floor(value) % capacity)
    const passedZero = shown < (story.reads.at(-1)?.value ?? 0n)
    story.reads.push({ on, kind, value: shown, meter: story.installations.length - 1, passedZero })
  }
  read(first, 'actual', start)
  let lastValue = start
  for (let i = 1; i < readDays.length; i += 1) {
    const [from, to] = [readDays[i - 1]!, readDays[i]!]
    const fromEnd = readDays.length - 1 - i
    const days = daysBetween(from, to)
    const middle = addDays(from, Math.floor(days / 2))
    const usual = gallonsPerDayIn(profile, seasonOf(middle), random)
    const vacant = vacantFrom >= 0 && i >= vacantFrom && i < vacantFrom + 3
    const perDay = situation?.use ? situation.use(usual, fromEnd, days) : vacant ? 0 : usual
    volume += perDay * days
    const truth = volume / gallonsOf[meter.unit]
    const estimated = situation
      ? situation.estimatedAt?.includes(fromEnd)
      : random.chance(0.013) && !handOvers.has(to)
    const believed = estimated ? lastValue + (truth - lastValue) * (situation?.estimateShare ?? 0.85) : truth
    const misread = situation?.misread?.(fromEnd, believed)
    read(to, handOvers.has(to) ? 'final' : estimated ? 'estimated' : 'actual', misread ?? believed)
    lastValue = believed
  }
  if (situation?.exchangeAt !== undefined) exchange(story, seed, today, situation.exchangeAt)
}

/** A new meter inside one period: out-read and in-read on the same day, later reads counted on the new dials. */
function exchange(story: Story, seed: number, today: LocalDate, fromEnd: number): void {
  const at = story.reads.length - 1 - fromEnd
  const [before, after] = [story.reads[at - 1]!, story.reads[at]!]
  const on = addDays(before.on, Math.floor(daysBetween(before.on, after.on) / 2))
  const old = story.installations[0]!
  const random = randomFor(seed, `exchange ${story.premise.index}`)
  const meter: MeterMake = {
    ...makeMeter(random, story.premise.class, story.premise.index * 3 + 2, today),
    unit: old.meter.unit,
    dials: old.meter.dials,
    size: old.meter.size,
  }
  const outValue = before.value + (after.value - before.value) / 2n
  old.toOn = on
  old.outValue = outValue
  story.installations.push({ meter, fromOn: on, toOn: null, inValue: 0n, outValue: null })
  const later = story.reads
    .slice(at)
    .map(read => ({ ...read, value: read.value - outValue, meter: 1, passedZero: false }))
  story.reads.splice(
    at,
    story.reads.length - at,
    { on, kind: 'exchange-out', value: outValue, meter: 0, passedZero: false },
    { on, kind: 'exchange-in', value: 0n, meter: 1, passedZero: false },
    ...later,
  )
}
