/** Where the embedded cluster lives: normally all in DATA_DIR; as root under a closed folder, in a reachable place. */
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { DatabaseRefusal } from '../connection.ts'
import { canReach, give, makePassable, type OsUser, postgresUser } from './account.ts'

export type Layout = {
  readonly user: OsUser | null
  /** The cluster itself (PGDATA). */
  readonly cluster: string
  readonly socket: string
  readonly passwordFile: string
  readonly logFile: string
  readonly port: number
}

type Log = { info(facts: Record<string, unknown>, message: string): void }

/** Shared by every district on the machine that runs as root out of a closed folder. */
export const sharedFolder = '/var/lib/curbstop'

// sun_path holds 104 bytes on macOS and 108 on Linux, with the closing zero.
const longestSocketPath = 103
const port = 5432 // only the name of the socket: nothing listens on the network

export function layOut(dataDir: string, log: Log): Layout {
  mkdirSync(dirname(resolve(dataDir)), { recursive: true }) // folders above ours as everybody makes them
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const real = realpathSync(dataDir)
  const home = chooseHome(real, log)
  const cluster = join(home, 'postgres')
  const user = postgresUser(cluster)
  return {
    user,
    cluster,
    socket: socketFolder(home, user),
    passwordFile: join(real, 'postgres.password'),
    logFile: join(real, 'postgres.log'),
    port,
  }
}

function chooseHome(dataDir: string, log: Log): string {
  const pointer = join(dataDir, 'postgres.location')
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim()
  const user = postgresUser(join(dataDir, 'postgres'))
  if (user) openTo(dataDir, user)
  if (canReach(user, dataDir, 1)) return dataDir
  if (existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new DatabaseRefusal(
      'embedded.unreachable',
      `The database in ${dataDir} cannot be reached by the user ${user?.name}, as whom PostgreSQL runs because it ` +
        'refuses to run as root. Open the folders above it (chmod o+x), or start as an ordinary user.',
    )
  }
  const home = join(sharedFolder, createHash('sha256').update(dataDir).digest('hex').slice(0, 8) + suffix())
  makePassable(home)
  writeFileSync(pointer, `${home}\n`, { mode: 0o600 })
  log.info(
    { folder: home },
    'database kept in a folder its user can reach, because the data folder is closed',
  )
  return home
}

const suffix = (): string => `-${randomBytes(4).toString('hex')}`

/** Lets PostgreSQL's group pass our own folder, without letting anybody list it. */
function openTo(dataDir: string, user: OsUser): void {
  const { uid, mode } = statSync(dataDir)
  if (uid !== 0 || (mode & 0o001) !== 0) return
  chownSync(dataDir, 0, user.gid)
  chmodSync(dataDir, (mode & 0o777) | 0o010)
}

/** A 0700 folder of PostgreSQL's user; in the temporary folder when DATA_DIR's path is too long for a socket. */
function socketFolder(home: string, user: OsUser | null): string {
  const near = join(home, 'socket')
  const short = Buffer.byteLength(join(near, `.s.PGSQL.${port}`)) <= longestSocketPath
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16)
  const folder = short ? near : join(tmpdir(), `curbstop-${hash}`)
  try {
    mkdirSync(folder, { mode: 0o700 })
    give(folder, user)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = lstatSync(folder)
  const owner = user?.uid ?? process.getuid?.()
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.())) {
    throw new DatabaseRefusal(
      'embedded.socket-folder',
      `The folder ${folder}, which is to hold the database's socket, belongs to somebody else. Remove it, or choose ` +
        'a DATA_DIR with a shorter path.',
    )
  }
  give(folder, user)
  chmodSync(folder, 0o700)
  return folder
}
