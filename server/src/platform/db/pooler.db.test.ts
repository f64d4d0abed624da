/** A connection pooler between us and PostgreSQL drops what makes a connection ours: it is refused at the start. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import type { Connection } from './connection.ts'
import { openPools } from './pools.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Answers the start-up packet as a pooler would; the rest of the talk goes on as it is. */
async function behind(meet: (client: Socket, startup: Buffer) => void) {
  const server = createServer(client => {
    client.on('error', () => {})
    client.once('data', startup => meet(client, startup))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const target: Connection = { ...(database.target as Connection), host: '127.0.0.1', port }
  return { target, close: () => server.close() }
}

const refused = (client: Socket): void => {
  const fields = ['SFATAL', 'C08P01', 'Munsupported startup parameter: options', '']
    .map(text => `${text}\0`)
    .join('')
  const length = Buffer.alloc(4)
  length.writeInt32BE(fields.length + 4)
  client.end(Buffer.concat([Buffer.from('E'), length, Buffer.from(fields)]))
}

/** `ignore_startup_parameters = options` */
const swallowed = (client: Socket, startup: Buffer): void => {
  const { host, port } = database.target as Connection
  const words = startup.subarray(8).toString().split('\0')
  const kept = words.flatMap((name, at) =>
    at % 2 === 0 && name && name !== 'options' ? [name, words[at + 1]!] : [],
  )
  const rest = Buffer.from(`${kept.join('\0')}\0\0`)
  const head = Buffer.from(startup.subarray(0, 8))
  head.writeInt32BE(rest.length + 8)
  const upstream = connect(`${host}/.s.PGSQL.${port}`)
  upstream.on('error', () => {})
  upstream.write(Buffer.concat([head, rest]))
  upstream.pipe(client).pipe(upstream)
}

test.each([
  ['refuses our settings', refused],
  ['swallows our settings, so that we would act as the owner of everything', swallowed],
])('a pooler that %s is named, with what to do', async (_, meet) => {
  const pooler = await behind(meet)
  const error = await openPools(pooler.target).then(
    () => null,
    (refusal: Error) => refusal,
  )
  expect(error).toMatchObject({ code: 'database.behind-pooler' })
  expect(error?.message).toMatch(/PgBouncer.*point DATABASE_URL at PostgreSQL itself/)
  pooler.close()
})
