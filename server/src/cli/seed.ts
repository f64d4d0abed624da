/** `curbstop seed --accounts N --seed N`: the sample district, deterministic by its seed, into an empty database. */
import { localDateAt } from '@curbstop/kernel/dates'
import { openKey } from '../platform/auth/seal.ts'
import { migrate } from '../platform/db/migrate.ts'
import { numberOption, report, withDatabaseOf } from './database.ts'

export async function seedCommand(args: string[]): Promise<number> {
  const accounts = numberOption(args, '--accounts', 5_000, 2_000_000)
  const seed = numberOption(args, '--seed', 1, 2_147_483_647)
  const { seedDistrict } = await import('../../../tools/sample-district/seed.ts')
  return withDatabaseOf(async ({ target, dataDir, timeZone }) => {
    await migrate(target)
    const today = localDateAt(new Date(), timeZone)
    const made = await seedDistrict({
      target,
      accounts,
      seed,
      today,
      timeZone,
      keys: openKey(dataDir),
      onProgress: ({ done, total, perSecond }) =>
        process.stderr.write(`\r${done} of ${total} accounts, ${Math.round(perSecond)} a second `),
    })
    process.stderr.write('\n')
    report(
      args,
      { ...made },
      `${made.accounts} accounts with ${made.bills} bills, ${made.rows} rows in ${made.seconds.toFixed(1)} s.`,
    )
    return 0
  })
}
