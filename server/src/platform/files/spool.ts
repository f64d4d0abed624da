/**
 * Large files on their way in: parts are appended under `DATA_DIR/spool` until a duty takes the whole, so that neither
 * memory nor a request's time-out limits what may come. A part sent twice is appended once. Nobody but the sender and
 * the jobs see it; what is left behind is swept away after two days.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { declareErrors, refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'

export const errors = declareErrors({
  'platform.no-spool': {
    kind: 'missing',
    says: 'That upload is not here (any more). Choose the file again.',
  },
  'platform.spool-gap': {
    kind: 'conflict',
    says: '{have} bytes have arrived; the next part must begin there, not at {at}.',
  },
  'platform.spool-too-large': { kind: 'refused', says: 'A file may have at most {limit} GB.' },
})

export type Spool = {
  begin(by: PersonId): Promise<string>
  /** Answers how many bytes there are now. */
  append(part: { spoolId: string; by: PersonId; at: number; bytes: Uint8Array }): Promise<number>
  sizeOf(spoolId: string, by: PersonId): Promise<number>
  /** Unpacked when it is gzip, whatever its name. */
  open(spoolId: string): AsyncIterable<Uint8Array>
  remove(spoolId: string): Promise<void>
  sweep(olderThanMillis: number): Promise<number>
}

const largestGigabytes = 8
const shape = /^\d{1,18}-[0-9a-f]{32}$/

export function openSpool(folder: string): Spool {
  const pathOf = (spoolId: string): string => {
    if (!shape.test(spoolId)) throw refuse(errors, 'platform.no-spool')
    return join(folder, spoolId)
  }
  /** The sender stands in the name: somebody else's upload is not there. */
  const ownPath = (spoolId: string, by: PersonId): string => {
    if (!spoolId.startsWith(`${by}-`)) throw refuse(errors, 'platform.no-spool')
    return pathOf(spoolId)
  }
  const sizeOf = async (path: string): Promise<number> => {
    const known = await stat(path).catch(() => null)
    if (!known) throw refuse(errors, 'platform.no-spool')
    return known.size
  }
  return {
    async begin(by) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const spoolId = `${by}-${randomBytes(16).toString('hex')}`
      await (await open(join(folder, spoolId), 'wx', 0o600)).close()
      return spoolId
    },
    async append({ spoolId, by, at, bytes }) {
      const path = ownPath(spoolId, by)
      const have = await sizeOf(path)
      if (at + bytes.length <= have) return have // sent again after an answer that was lost
      if (at > have) throw refuse(errors, 'platform.spool-gap', { have, at })
      if (at + bytes.length > largestGigabytes * 1024 ** 3)
        throw refuse(errors, 'platform.spool-too-large', { limit: largestGigabytes })
      const file = await open(path, 'r+')
      try {
        await file.write(bytes, 0, bytes.length, at)
      } finally {
        await file.close()
      }
      return at + bytes.length
    },
    sizeOf: (spoolId, by) => sizeOf(ownPath(spoolId, by)),
    open: spoolId => unpackedFile(pathOf(spoolId)),
    remove: spoolId => rm(pathOf(spoolId), { force: true }),
    async sweep(olderThanMillis) {
      const names = await readdir(folder).catch(() => [])
      let swept = 0
      for (const name of names) {
        const known = await stat(join(folder, name)).catch(() => null)
        if (!known || Date.now() - known.mtimeMs < olderThanMillis) continue
        await rm(join(folder, name), { force: true })
        swept += 1
      }
      return swept
    },
  }
}

/** Packed files are known by their first two bytes. */
export async function* unpackedFile(path: string): AsyncIterable<Uint8Array> {
  let packed = false
  for await (const chunk of createReadStream(path, { end: 1 }))
    packed = (chunk as Uint8Array)[0] === 0x1f && (chunk as Uint8Array)[1] === 0x8b
  const bytes = createReadStream(path, { highWaterMark: 1024 * 1024 })
  if (!packed) {
    yield* bytes
    return
  }
  const unpacking = bytes.pipe(createGunzip())
  bytes.on('error', error => unpacking.destroy(error))
  yield* unpacking
}
