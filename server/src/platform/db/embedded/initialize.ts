/** Makes the cluster on the first start: scram passwords, checksums, UTF-8 with the built-in C.UTF-8 rules. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefusal } from '../connection.ts'
import { give } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'

export const superuser = 'curbstop'

/** Answers the password; makes password and cluster when they are not there, and refuses another major version. */
export function ensureCluster(layout: Layout, binaries: Binaries, durable: boolean): string {
  const versionFile = join(layout.cluster, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const major = Number(readFileSync(versionFile, 'utf8'))
    if (major !== binaries.major) throw otherMajor(layout.cluster, major, binaries.major)
    if (!existsSync(layout.passwordFile)) {
      throw new DatabaseRefusal(
        'embedded.no-password',
        `The database in ${layout.cluster} is there, but its password file ${layout.passwordFile} is missing. ` +
          'Put the file back from the backup.',
      )
    }
    return readFileSync(layout.passwordFile, 'utf8').trim()
  }
  if (existsSync(layout.cluster)) {
    throw new DatabaseRefusal(
      'embedded.not-a-cluster',
      `${layout.cluster} exists but holds no database. Move it away, or choose another DATA_DIR.`,
    )
  }
  const password = ensurePassword(layout.passwordFile)
  initialize(layout, binaries, { password, durable })
  return password
}

function otherMajor(folder: string, found: number, ours: number): DatabaseRefusal {
  const relation = found > ours ? 'newer' : 'older'
  return new DatabaseRefusal(
    'embedded.other-version',
    `The database in ${folder} was made by PostgreSQL ${found}, which is ${relation} than the ${ours} of this ` +
      `program. ${
        found > ours ? 'Start the newer program' : 'Restore a backup into a fresh DATA_DIR'
      }, or choose another DATA_DIR. Nothing was changed.`,
  )
}

function ensurePassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Builds beside and renames, so that a death halfway leaves no half cluster in the place of a whole one. */
function initialize(
  layout: Layout,
  binaries: Binaries,
  { password, durable }: { password: string; durable: boolean },
): void {
  const half = `${layout.cluster}.new`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  give(half, layout.user)
  const passwordCopy = join(layout.socket, 'initial-password') // the socket folder is 0700 and PostgreSQL's own
  rmSync(passwordCopy, { force: true })
  writeFileSync(passwordCopy, password, { mode: 0o600, flag: 'wx' })
  give(passwordCopy, layout.user)
  const base = [
    `--pgdata=${half}`,
    `--username=${superuser}`,
    `--pwfile=${passwordCopy}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  try {
    tryLocales(binaries, layout, base, half)
  } finally {
    rmSync(passwordCopy, { force: true })
  }
  renameSync(half, layout.cluster)
}

/**
 * Sorting by the built-in rules is the same on every machine. LC_CTYPE still matters: trigram search asks the
 * operating system what a letter is, and under "C" the é of José is none. Names differ between systems.
 */
function tryLocales(binaries: Binaries, layout: Layout, base: readonly string[], half: string): void {
  const builtin = binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const last = 'C'
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', last]) {
    try {
      execFileSync(
        join(binaries.folder, 'initdb'),
        [...base, '--locale=C', `--lc-ctype=${ctype}`, ...builtin],
        { ...runAs(layout), stdio: 'pipe', encoding: 'utf8' },
      )
      return
    } catch (error) {
      const said = (error as { stderr?: string }).stderr?.trim()
      if (ctype === last || !said?.includes('invalid locale')) {
        throw new Error(`initdb could not make the database: ${said || (error as Error).message}`)
      }
      rmSync(half, { recursive: true, force: true })
      mkdirSync(half, { mode: 0o700 })
      give(half, layout.user)
    }
  }
}

/** Working folder, user and environment of every PostgreSQL program: English messages, UTC, nothing inherited. */
export function runAs({ user, socket }: Layout): {
  cwd: string
  env: Record<string, string>
  uid?: number
  gid?: number
} {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: socket }
  return { cwd: socket, env, ...(user && { uid: user.uid, gid: user.gid }) }
}
