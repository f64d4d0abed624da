/** Twenty people at once, through HTTP, all guards on; times are the server's own (Server-Timing). */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { readConfig } from '../server/src/platform/config.ts'
import { attachEmbedded } from '../server/src/platform/db/embedded/start.ts'
import { openPools } from '../server/src/platform/db/pools.ts'
import { randomFor } from '../tools/sample-district/random.ts'
import { type Figure, percentile } from './figure.ts'
import type { BenchServer } from './server.ts'

const people = 20
const requestsEach = 60
/** Before the clock runs: code is compiled, statements are ready. Of accounts that are not asked again. */
const warmUps = 10
/** Twenty people come to their desks, not on the same beat. */
const startWithin = 1_000

type Sample = {
  number: string
  name: string
  address: string
  account_id: bigint
  e164: string
  serial: string
}

/** Facts of accounts picked by chance, so that no question is asked twice. */
async function pickSamples(server: BenchServer, count: number): Promise<Sample[]> {
  const pools = await openPools(attachEmbedded(server.dataDir) ?? readConfig(process.env).databaseUrl!)
  try {
    const { rows } = await sql<Sample>`
      select d.account_id, d.number, d.name, d.address, p.e164, m.serial
      from accounts.search_document d join accounts.account a using (account_id) join customers.phone p using (customer_id)
      join accounts.account_service s on s.account_id = a.account_id and s.service <> 'sewer'
      join metering.installation i on i.service_point_id = s.service_point_id join metering.meter m using (meter_id)
      where not d.is_protected order by md5(d.number) limit ${count}`.execute(pools.counter.db)
    return rows
  } finally {
    await pools.close()
  }
}

/** What a bare database needs for the smallest useful read, at the same concurrency: one row by its key. */
async function bareLookup(server: BenchServer, samples: readonly Sample[]): Promise<number> {
  const pools = await openPools(attachEmbedded(server.dataDir) ?? readConfig(process.env).databaseUrl!)
  try {
    const times = await inParallel(people, async person => {
      const seen: number[] = []
      for (let i = 0; i < requestsEach; i += 1) {
        const started = performance.now()
        await sql`select * from accounts.account where account_id = ${samples[(person * 97 + i) % samples.length]!.account_id}`.execute(
          pools.counter.db,
        )
        seen.push(performance.now() - started)
      }
      return seen
    })
    return percentile(times.flat(), 0.95)
  } finally {
    await pools.close()
  }
}

const pause = (millis: number) => new Promise(done => setTimeout(done, millis))

const inParallel = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await pause((n * startWithin) / count)
      return work(n)
    }),
  )

async function timed(server: BenchServer, path: string, body?: unknown): Promise<number> {
  const response = await fetch(`${server.url}/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie: server.cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
  return Number(/dur=([\d.]+)/.exec(response.headers.get('server-timing') ?? '')![1])
}

/** As people type: every prefix of a name, an address, the end of a phone, a number, and a slip of spelling. */
function typings(sample: Sample, seed: number): string[] {
  const random = randomFor(seed, sample.number)
  const whole = random.pick([
    sample.name.toLowerCase(),
    sample.address.split(',')[0]!.toLowerCase(),
    sample.e164.slice(-7),
    sample.number,
    sample.serial,
    misspelt(sample.name.toLowerCase(), random.int(1, 4)),
  ])
  return Array.from({ length: Math.min(whole.length, 14) }, (_, i) => whole.slice(0, i + 1))
}

const misspelt = (word: string, at: number) => word.slice(0, at) + word.slice(at + 1)

export async function benchSearch(server: BenchServer): Promise<Figure[]> {
  const samples = await pickSamples(server, 400)
  const baseline = await bareLookup(server, samples)
  for (const sample of samples.slice(-warmUps))
    for (const q of typings(sample, 0)) await timed(server, '/accounts/search', { q })
  const times = await inParallel(people, async person => {
    const seen: number[] = []
    for (let i = 0; seen.length < requestsEach * 2; i += 1) {
      for (const q of typings(samples[(person * 17 + i) % (samples.length - warmUps)]!, i)) {
        seen.push(await timed(server, '/accounts/search', { q }))
        await pause(80) // a quick typist
      }
    }
    return seen
  })
  const all = times.flat()
  return figuresOf('search', all, baseline)
}

export async function benchAccount360(server: BenchServer): Promise<Figure[]> {
  const samples = await pickSamples(server, 400)
  const baseline = await bareLookup(server, samples)
  for (const sample of samples.slice(-warmUps * 4))
    await timed(server, `/reports/accounts/${sample.account_id}`)
  const times = await inParallel(people, async person => {
    const seen: number[] = []
    for (let i = 0; i < requestsEach; i += 1) {
      seen.push(
        await timed(
          server,
          `/reports/accounts/${samples[(person * 19 + i) % (samples.length - warmUps * 4)]!.account_id}`,
        ),
      )
      await pause(1_000) // twenty people open twenty accounts a second
    }
    return seen
  })
  return figuresOf('account-360', times.flat(), baseline)
}

function figuresOf(name: string, times: readonly number[], baseline: number): Figure[] {
  const p95 = percentile(times, 0.95)
  return [
    { name, value: p95, unit: 'ms p95', baseline, ratio: p95 / baseline },
    { name: `${name}.p50`, value: percentile(times, 0.5), unit: 'ms p50', baseline: null, ratio: null },
    { name: `${name}.max`, value: Math.max(...times), unit: 'ms max', baseline: null, ratio: null },
  ]
}

/** Resident memory of the server process under the load above, which it makes when asked for alone. */
export async function benchMemory(server: BenchServer, loaded: boolean): Promise<Figure[]> {
  if (!loaded) {
    await benchSearch(server)
    await benchAccount360(server)
  }
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
  const kib = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)![1])
  return [
    { name: 'memory', value: kib('VmRSS') / 1024, unit: 'MiB resident', baseline: null, ratio: null },
    { name: 'memory.peak', value: kib('VmHWM') / 1024, unit: 'MiB resident', baseline: null, ratio: null },
  ]
}
