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
  if (await wasCutOff(target)) {
    say('The last making of a district was cut off; beginning anew …')
    await clearUnfinished(target)
  }
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

function wasCutOff(target: Target): Promise<boolean> {
  return withConnection(target, null, async client => {
    const { rowCount } = await client.query('select from platform.unfinished')
    return rowCount !== 0
  })
}

/** Only a making that never ended: nobody has worked in that district, so nothing of worth is lost. */
async function clearUnfinished(target: Target): Promise<void> {
  await withConnection(target, null, async client => {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`,
    )
    for (const { name } of rows) await client.query(`drop schema "${name}" cascade`)
  })
  const { migrate } = await import('../../server/src/platform/db/migrate.ts')
  await migrate(target)
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
