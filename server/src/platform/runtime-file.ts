/** DATA_DIR/runtime.json: who runs here and where, for the command line, monitoring and crash tests. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Runtime = {
  readonly serverPid: number
  readonly startedAt: string
  readonly version: string
  readonly port: number
  readonly metricsPort: number | null
  /** Null when the database is an outside one. */
  readonly postgres: {
    readonly pid: number
    readonly socket: string
    readonly port: number
    readonly version: string
    readonly adopted: boolean
  } | null
}

const file = (dataDir: string): string => join(dataDir, 'runtime.json')

export function readRuntime(dataDir: string): Partial<Runtime> | null {
  try {
    return JSON.parse(readFileSync(file(dataDir), 'utf8')) as Partial<Runtime>
  } catch {
    return null
  }
}

/** Merges facts in; a new server begins with an empty file. Replaced whole, so a reader never sees half of it. */
export function updateRuntime(dataDir: string, facts: Partial<Runtime>): void {
  const before = readRuntime(dataDir)
  const kept = before?.serverPid === process.pid ? before : {}
  const draft = `${file(dataDir)}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify({ ...kept, serverPid: process.pid, ...facts }, null, 2)}\n`, {
    mode: 0o600,
  })
  renameSync(draft, file(dataDir))
}

export function removeRuntime(dataDir: string): void {
  if (readRuntime(dataDir)?.serverPid === process.pid) rmSync(file(dataDir), { force: true })
}
