/**
 * PostgreSQL refuses to run as root. As root we therefore run it as an unprivileged user and hand it only folders
 * which that user can reach; as an ordinary user everything stays with that user.
 */
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export type OsUser = { readonly name: string; readonly uid: number; readonly gid: number }

/** The user PostgreSQL runs as, or null when that is simply us. `dataFolder`'s owner is kept when it has one. */
export function postgresUser(dataFolder: string): OsUser | null {
  if (process.getuid?.() !== 0) return null
  const users = readUsers()
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    const name = users.find(user => user.uid === owner.uid)?.name ?? `uid ${owner.uid}`
    return { name, uid: owner.uid, gid: owner.gid }
  }
  const found = users.find(user => user.name === 'postgres') ?? users.find(user => user.name === 'nobody')
  return found ?? { name: 'nobody', uid: 65_534, gid: 65_534 }
}

function readUsers(): OsUser[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map(line => line.split(':'))
      .filter(parts => parts.length >= 4)
      .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }))
  } catch {
    return []
  }
}

/**
 * May the user pass every folder on the way to `path`, and do `bits` (4 read, 1 pass) there? Looks at modes only.
 */
export function canReach(user: OsUser | null, path: string, bits = 5): boolean {
  if (!user) return true
  let at: string
  try {
    at = realpathSync(path)
  } catch {
    return false
  }
  if (!allows(user, at, bits)) return false
  while (dirname(at) !== at) {
    at = dirname(at)
    if (!allows(user, at, 1)) return false
  }
  return true
}

/** The first class that fits decides, as in the kernel. */
function allows(user: OsUser, path: string, bits: number): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & bits) === bits
}

export function give(path: string, user: OsUser | null): void {
  if (user) chownSync(path, user.uid, user.gid)
}

/** Makes a folder, and those missing above it, that others may pass, whatever the umask says. */
export function makePassable(path: string): void {
  if (existsSync(path)) return
  makePassable(dirname(path))
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o711)
}
