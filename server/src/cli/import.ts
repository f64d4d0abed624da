/** `curbstop import FILE`: a usage file into an empty district, billed. All or nothing. */
import { localDateAt } from '@curbstop/kernel/dates'
import { openKey } from '../platform/auth/seal.ts'
import { migrate } from '../platform/db/migrate.ts'
import { report, UsageError, withDatabaseOf } from './database.ts'

export async function importCommand(args: string[]): Promise<number> {
  if (args[0] === 'reads') {
    const { importReadsCommand } = await import('./import-reads.ts')
    return importReadsCommand(args.slice(1))
  }
  if (args[0] === 'weather') {
    const { importWeatherCommand } = await import('./import-weather.ts')
    return importWeatherCommand(args.slice(1))
  }
  const [path] = args.filter(arg => !arg.startsWith('--'))
  if (!path)
    throw new UsageError(
      'Usage: npx curbstop import FILE [--json]   (CSV, also gzipped; into an empty database)',
    )
  const { importUsage } = await import('../../../tools/sample-district/import.ts')
  return withDatabaseOf(async ({ target, dataDir, timeZone }) => {
    await migrate(target)
    const made = await importUsage({
      target,
      path,
      timeZone,
      today: localDateAt(new Date(), timeZone),
      keys: openKey(dataDir),
      onProgress: ({ done, total }) =>
        process.stderr.write(`\r${Math.min(done, total)} of ${total} customers `),
    })
    process.stderr.write('\n')
    report(
      args,
      { ...made },
      `${made.rows} rows read (${made.units} CCF; ${made.addedUp} rows of further meters added up). ` +
        `${made.accounts} accounts, ${made.bills} bills over ${(Number(made.cents) / 100).toFixed(2)} dollars, ${made.seconds.toFixed(1)} s.`,
    )
    return 0
  })
}
