import { dayOfWeek, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { createBillMaker } from './bills.ts'
import { closedDays } from './calendar.ts'
import { makeChunk } from './chunk.ts'
import { firstDayOf } from './ground.ts'
import { chunksInThreads, makeText } from './threads.ts'
import { makeWeather } from './weather.ts'
import type { Table, TextChunk } from './write.ts'

const today = localDate('2026-11-16')
const facts = { seed: 5, today, keys: { secrets: Buffer.alloc(32, 7) } }
const maker = createBillMaker(makeWeather(facts.seed, firstDayOf(today), today), today)

function textsOf(chunks: readonly TextChunk[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { bytes } of chunks)
    for (const [table, part] of Object.entries(bytes))
      texts.set(table, (texts.get(table) ?? '') + new TextDecoder().decode(part))
  return texts
}

test('two machines with the same seed have the same district, however the work was cut', {
  timeout: 30_000,
}, () => {
  const whole = makeChunk(facts, maker, 0, 60)
  const parts = [
    [0, 1],
    [1, 17],
    [17, 40],
    [40, 60],
  ].map(([from, to]) => makeChunk(facts, maker, from!, to!))
  expect(whole['billing.bill_segment'].length).toBeGreaterThan(1_000)
  for (const table of Object.keys(whole) as Table[])
    expect(parts.flatMap(part => part[table])).toStrictEqual(whole[table])
})

test('a district made on threads is the one made on a single thread', { timeout: 30_000 }, async () => {
  const made: TextChunk[] = []
  for await (const chunk of chunksInThreads({ ...facts, accounts: 70 }, 16)) made.push(chunk)
  expect(textsOf(made)).toEqual(textsOf([makeText(facts, maker, 0, 70)]))
  expect(made.map(chunk => chunk.counts['premises.premise'])).toEqual([16, 16, 16, 16, 6])
})

test('no bill is issued or due, and no fee is due, on a day the office is closed', () => {
  const rows = makeChunk(facts, maker, 0, 150)
  const closed = new Map([2023, 2024, 2025, 2026, 2027].flatMap(closedDays))
  const days = [
    ...rows['billing.bill'].flatMap(([, , , , , issuedOn, dueOn]) => [issuedOn, dueOn]),
    ...rows['ledger.journal'].flatMap(([, , kind, , , dueOn]) => (kind === 'fee' ? [dueOn] : [])),
  ] as LocalDate[]
  const wrong = days.filter(on => closed.has(on) || dayOfWeek(on) === 0 || dayOfWeek(on) === 6)
  expect(wrong).toEqual([])
})
