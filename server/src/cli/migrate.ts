import { migrate } from '../platform/db/migrate.ts'
import { report, withDatabaseOf } from './database.ts'

export async function migrateCommand(args: string[]): Promise<number> {
  const { applied } = await withDatabaseOf(({ target }) => migrate(target))
  report(
    args,
    { applied },
    applied.length === 0
      ? 'Nothing to do: the database is at this version.'
      : `Applied: ${applied.join(', ')}.`,
  )
  return 0
}
