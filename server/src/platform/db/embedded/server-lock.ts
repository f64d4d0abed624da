/** One server for one DATA_DIR. The lock names a process by pid and birth, so a reused pid does not look alive. */
import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefusal } from '../connection.ts'
import { isAlive } from './postmaster.ts'

type Holder = { readonly pid: number; readonly born: string }

/** Takes the lock or refuses with a sentence; a lock of a dead server is taken over. */
export function takeServerLock(dataDir: string): () => void {
  const path = join(dataDir, 'server.lock')
  const mine: Holder = { pid: process.pid, born: birth(process.pid) }
  const text = JSON.stringify(mine)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, path) // atomic, and the file is never seen half-written
        return () => {
          if (read(path) === text) rmSync(path, { force: true })
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const found = read(path)
      if (found !== null && isHeld(found)) throw inUse(dataDir, found)
      if (found !== null) removeStale(path, found)
    }
    throw inUse(dataDir, read(path) ?? text)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The pid of the server that works on this DATA_DIR, or null. */
export function lockHolder(dataDir: string): number | null {
  const found = read(join(dataDir, 'server.lock'))
  return found !== null && isHeld(found) ? parse(found)!.pid : null
}

function removeStale(path: string, found: string): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    // Another starter may have replaced the stale lock between our reading and renaming: then it is given back.
    if (readFileSync(aside, 'utf8') !== found) linkSync(aside, path)
    rmSync(aside)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function parse(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return null
  }
}

function isHeld(text: string): boolean {
  const holder = parse(text)
  return holder !== null && isAlive(holder.pid) && birth(holder.pid) === holder.born
}

function inUse(dataDir: string, text: string): DatabaseRefusal {
  return new DatabaseRefusal(
    'embedded.in-use',
    `Another Curbstop server (process ${parse(text)?.pid}) already works on ${dataDir}. Stop it first, or set DATA_DIR ` +
      'to another folder.',
  )
}

/** When a process was born: stable for its life, different for the next one with the same pid. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`
  } catch {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  }
}
