/** One maker: is told a range of premises, answers its rows as bytes, which move to the asker without being copied. */
import { parentPort, workerData } from 'node:worker_threads'
import type { LocalDate } from '@curbstop/kernel/dates'
import { createBillMaker } from './bills.ts'
import { firstDayOf } from './ground.ts'
import { makeText, type Range } from './threads.ts'
import { makeWeather } from './weather.ts'

const { seed, today, secrets } = workerData as { seed: number; today: LocalDate; secrets: string }
const maker = createBillMaker(makeWeather(seed, firstDayOf(today), today), today)
const facts = { seed, today, keys: { secrets: Buffer.from(secrets, 'hex') } }

parentPort!.on('message', ({ from, to }: Range) => {
  const chunk = makeText(facts, maker, from, to)
  parentPort!.postMessage(
    chunk,
    Object.values(chunk.bytes).map(bytes => bytes.buffer as ArrayBuffer),
  )
})
