import { adoptRulesAt } from '../adopt-rules.ts'
import { migrate } from '../platform/db/migrate.ts'
import { report, withDatabaseOf } from './database.ts'

export async function migrateCommand(args: string[]): Promise<number> {
  const { applied, adopted } = await withDatabaseOf(async ({ target, timeZone }) => {
    const done = await migrate(target)
    return {
      applied: done.applied,
      adopted: await adoptRulesAt(target, timeZone),
    }
  })
  const steps =
    applied.length === 0
      ? 'Nothing to do: the database is at this version.'
      : `Applied: ${applied.join(', ')}.`
  const rules = adopted.length === 0 ? '' : ` Adopted rules: ${adopted.join(', ')}.`
  report(args, { applied, adopted }, steps + rules)
  return 0
}
