/** What a newer version brings as rules, in force before anybody asks for them. */
import { randomUUID } from 'node:crypto'
import { adoptShippedRules } from './modules/policy/commands.ts'
import { inTransaction } from './platform/db/pools.ts'
import { type Door, runInside } from './platform/http/door.ts'
import { systemCall } from './platform/jobs/runner.ts'

/** Codes of the rules that were adopted; none in a database that has them, or that holds no district. */
export function adoptRules(door: Door): Promise<string[]> {
  const call = systemCall('policy.adoptShippedRules', randomUUID())
  return inTransaction(door.db, {}, tx => runInside(door, call, tx, adoptShippedRules))
}
