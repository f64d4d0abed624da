/** What a newer version brings as rules, in force before anybody asks for them. */
import { randomUUID } from 'node:crypto'
import { adoptShippedRules } from './modules/policy/commands.ts'
import { inTransaction, openPools, type Target } from './platform/db/pools.ts'
import { type Door, runInside } from './platform/http/door.ts'
import { systemCall } from './platform/jobs/runner.ts'

/** Codes of the rules that were adopted; none in a database that has them, or that holds no district. */
export function adoptRules(door: Door): Promise<string[]> {
  const call = systemCall('policy.adoptShippedRules', randomUUID())
  return inTransaction(door.db, {}, tx => runInside(door, call, tx, adoptShippedRules))
}

/** The same for a command that has no server: after `curbstop migrate` a district can work at once. */
export async function adoptRulesAt(target: Target, timeZone: string): Promise<string[]> {
  const pools = await openPools(target)
  const keys = { secrets: Buffer.alloc(0) } // no secret is asked for
  try {
    return await adoptRules({
      db: pools.batch.db,
      listeners: new Map(),
      keys,
      timeZone,
      now: () => new Date(),
    })
  } finally {
    await pools.close()
  }
}
