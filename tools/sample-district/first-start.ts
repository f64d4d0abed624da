/** On a first start the district is made, so that there is somebody to answer. A district that exists is left alone. */
import { localDateAt } from '@curbstop/kernel/dates'
import { type Kysely, sql } from 'kysely'
import type { Keys } from '../../server/src/platform/context.ts'
import { type Target, withConnection } from '../../server/src/platform/db/connection.ts'
import { samplePassword, samplePeople } from './staff.ts'

export type FirstStart = {
  readonly target: Target
  readonly accounts: number
  readonly seed: number
  readonly timeZone: string
  readonly keys: Keys
  readonly say: (line: string) => void
}

export async function ensureSample({
  target,
  accounts,
  seed,
  timeZone,
  keys,
  say,
}: FirstStart): Promise<void> {
  if (accounts === 0 || (await hasDistrict(target))) return
  const { seedDistrict } = await import('./seed.ts')
  say(`Making the sample district (${accounts} accounts with two years of bills) …`)
  let told = performance.now()
  const made = await seedDistrict({
    target,
    accounts,
    seed,
    timeZone,
    keys,
    today: localDateAt(new Date(), timeZone),
    onProgress: ({ done, total, perSecond }) => {
      if (performance.now() - told < 2_000) return
      told = performance.now()
      say(`  ${done} of ${total} accounts, about ${Math.ceil((total - done) / perSecond)} s left`)
    },
  })
  say(`Made ${made.accounts} accounts and ${made.bills} bills in ${made.seconds.toFixed(1)} s.`)
}

function hasDistrict(target: Target): Promise<boolean> {
  return withConnection(target, null, async client => {
    const { rowCount } = await client.query('select from policy.district')
    return rowCount === 1
  })
}

/** Who can sign in to a sample district; nothing for a real one. */
export async function describeSignIns(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ is_sample: boolean }>`select is_sample from policy.district`.execute(db)
  if (!rows[0]?.is_sample) return []
  const width = Math.max(...samplePeople.map(person => person.login.length))
  return [
    '',
    `Sample people, password “${samplePassword}”:`,
    ...samplePeople.map(person => `  ${person.login.padEnd(width)}  ${person.name}, ${person.what}`),
  ]
}
