import { createServer, type Server } from 'node:net'
import { asId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { account, actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import type { JobHand } from '../../platform/module.ts'
import { markPrinted, queueMessage, sendAgain } from './commands.ts'
import { correspondence } from './contract/index.ts'
import { jobs } from './jobs.ts'
import { getMessage, listAddresses, listMessages, preview } from './queries.ts'
import type { MessageId } from './store.ts'

type Wire = z.input<typeof correspondence.send.input>
let database: TestDatabase
const letter = { template: 'leak-check', data: { meterMinutes: 20, dyeMinutes: 15 } } as const
const as = (permissions: string[] = []) =>
  actingAs(database, { personId: person(12), level: 'advisor', permissions })
const send = (change: Partial<Wire>, permissions?: string[]) =>
  as(permissions).run(ctx =>
    queueMessage(
      ctx,
      correspondence.send.input.parse({
        accountId: '1',
        letter,
        to: { kind: 'email-on-file', emailId: '1' },
        ...change,
      }),
    ),
  )
const show = (messageId: MessageId) => as().run(ctx => getMessage(ctx, { messageId }))

beforeAll(async () => {
  database = await createTestDatabase()
  const run = (statement: ReturnType<typeof sql>) => statement.execute(database.owner)
  await run(sql`insert into staff.person (person_id, login, name, level) values
    (12, 'maya', 'Maya Chen', 'advisor'), (14, 'ruth', 'Ruth', 'senior')`)
  await run(sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Cedar Flat Water', 'Cedar Flat', 'America/Los_Angeles', 'ccf', '(555) 010-4400', '1 Reservoir Road',
      'https://www.cedarflat.example')`)
  await run(sql`insert into policy.rule (code, name, text, value, authority, citation, effective, created_by)
    values ('PRV-042', 'Open look', 'Minutes', '30', 'PROD', 'test', '[2020-01-01,)', 1)`)
  await run(sql`insert into customers.customer (customer_id, kind, name, language) values
    (1, 'person', 'Ana Reyes', 'es'), (2, 'person', 'Kept Secret', 'en'), (3, 'person', 'Bo Lee', 'en')`)
  await run(sql`insert into customers.email (customer_id, email_id, address, valid_from) values
    (1, 1, 'ana@mail.example', '2020-01-01'), (3, 3, 'bo@mail.example', '2020-01-01')`)
  await run(sql`insert into customers.mailing_address (customer_id, line1, city, state, zip, valid_from, returned_on)
    values (1, '12 Alder Way', 'Cedar Flat', 'CA', '90000', '2020-01-01', null),
      (3, '9 Elm St', 'Cedar Flat', 'CA', '90000', '2020-01-01', '2026-10-01')`)
  await run(sql`insert into customers.protection (customer_id, kind, reason, substitute_address, placed_by, approved_by)
    values (2, 'safe-at-home', 'programme', E'PO Box 846\nSacramento, CA 95812', 14, 12)`)
  await run(sql`insert into accounts.cycle (cycle_id, code, name, read_day) values (1, 'A', 'A', 1)`)
  await run(sql`insert into accounts.account (account_id, number, customer_id, class, cycle_id, opened_on, opened_by)
    select n, '100044' || n, n, 'residential', 1, '2020-01-01', 1 from generate_series(1, 3) n`)
})
afterAll(() => database.drop())

test('a preview is the message, and nothing is stored', async () => {
  const seen = await as().run(ctx =>
    preview(ctx, correspondence.preview.input.parse({ accountId: '1', letter })),
  )
  expect(seen).toMatchObject({ language: 'es', subject: 'Cómo buscar una fuga de agua' })
  expect(seen.text).toContain('Estimado(a) Ana Reyes:')
  expect(seen.text).toContain('Cuenta …0441')
  expect(await as().run(ctx => listMessages(ctx, { accountId: account(1) }))).toEqual([])
})

test('what is sent is kept word for word with its digest, and queued in the same transaction', async () => {
  const sent = await send({ language: 'en' })
  expect(sent).toMatchObject({
    channel: 'email',
    sentTo: 'ana@mail.example',
    state: 'queued',
    language: 'en',
  })
  const { text, html } = await show(sent.messageId)
  expect(text).toContain('wait 20 minutes')
  expect(html).toContain('lang="en"')
  await expect(sql`update correspondence.message set subject = 'x'`.execute(database.owner)).rejects.toThrow(
    /keeps history/,
  )
  const { rows } = await sql<{ ok: boolean }>`select length(sha256) = 32 as ok from correspondence.message
    where message_id = ${sent.messageId}`.execute(database.db)
  expect(rows).toEqual([{ ok: true }])
})

test('only addresses of this customer, or one typed with the reason', async () => {
  const forged = { kind: 'email-on-file', emailId: '3' } as const // somebody else's
  await expect(send({ to: forged })).rejects.toMatchObject({ code: 'correspondence.not-on-file' })
  await expect(send({ accountId: '99' })).rejects.toMatchObject({ code: 'correspondence.no-account' })
  const typed = {
    kind: 'email-typed',
    address: 'ana.work@mail.example',
    reason: 'she asked on the phone',
  } as const
  expect(await send({ to: typed })).toMatchObject({ sentTo: 'ana.work@mail.example' })
  const { rows } = await sql<{
    reason: string
  }>`select reason from audit.entry where reason like 'she asked%'`.execute(database.owner)
  expect(rows).toHaveLength(1)
  expect(
    correspondence.send.input.safeParse({ accountId: '1', letter, to: { ...typed, reason: '' } }).success,
  ).toBe(false)
})

test('a letter goes to the address on file, not to one from which mail came back', async () => {
  const printed = await send({ to: { kind: 'mail-on-file' } })
  expect(printed).toMatchObject({ channel: 'letter', sentTo: '12 Alder Way\nCedar Flat, CA 90000' })
  expect((await show(printed.messageId)).html).toContain('Ana Reyes<br>12 Alder Way<br>Cedar Flat, CA 90000')
  await expect(send({ accountId: '3', to: { kind: 'mail-on-file' } })).rejects.toMatchObject({
    code: 'correspondence.no-mailing-address',
  })
  const { messageId } = printed
  expect(await as().run(ctx => markPrinted(ctx, { messageId }))).toMatchObject({ state: 'printed' })
  await expect(as().run(ctx => markPrinted(ctx, { messageId }))).rejects.toMatchObject({
    code: 'correspondence.already-printed',
  })
})

test('a protected customer is written to at the substitute address, by whoever opened the record, and masked to others', async () => {
  const to = { kind: 'mail-on-file' } as const
  const senior = ['customers.see-protected']
  await expect(send({ accountId: '2', to })).rejects.toMatchObject({
    code: 'correspondence.protected-address',
  })
  await expect(send({ accountId: '2', to }, senior)).rejects.toMatchObject({
    code: 'correspondence.protected-address',
  })
  await sql`insert into customers.access (customer_id, person_id, what, reason, at)
    values (2, 12, 'card', 'letter to send', '2026-11-23T17:55:00Z')`.execute(database.owner)
  const addresses = await as(senior).run(ctx => listAddresses(ctx, { accountId: account(2) }))
  expect(addresses.mail).toEqual({ lines: ['PO Box 846', 'Sacramento, CA 95812'], isSubstitute: true })
  const sent = await send({ accountId: '2', to }, senior)
  expect(sent.sentTo).toBe('PO Box 846\nSacramento, CA 95812')
  const typed = {
    kind: 'mail-typed',
    lines: ['1 Real Street', 'Cedar Flat, CA'] as string[],
    reason: 'asked for it',
  } as const
  await expect(send({ accountId: '2', to: typed }, senior)).rejects.toMatchObject({
    code: 'correspondence.protected-address',
  })
  const [seen] = await as().run(ctx => listMessages(ctx, { accountId: account(2) }))
  expect(seen!.sentTo).toBe('(protected)')
  await expect(show(sent.messageId)).rejects.toMatchObject({ code: 'correspondence.protected-address' })
})

/** Runs the delivery job as the queue would. */
async function deliver(messageId: MessageId, smtpUrl: string | null): Promise<void> {
  const hand: JobHand = {
    inTransaction: work => actingAs(database).run(work),
    settings: { smtpUrl, publicUrl: null },
  }
  await jobs['correspondence.deliver-email'](hand, { message: messageId.toString() })
}
const states = async (messageId: MessageId) => (await show(messageId)).deliveries.map(one => one.state)

test('without a mail server the message is held with the reason, and can be sent later', async () => {
  const { messageId } = await send({})
  await deliver(messageId, null)
  const { deliveries } = await show(messageId)
  expect(deliveries.at(-1)).toMatchObject({
    state: 'held',
    detail: expect.stringMatching(/No mail server is set up/),
  })
  expect(await as().run(ctx => sendAgain(ctx, { messageId }))).toMatchObject({ state: 'queued' })
  await expect(as().run(ctx => sendAgain(ctx, { messageId }))).rejects.toMatchObject({
    code: 'correspondence.not-held',
  })
})

test('the mail server gets it once, under a stable Message-ID, however often the job runs', async () => {
  const mail = await startMailServer()
  const { messageId } = await send({})
  await deliver(messageId, mail.url)
  await deliver(messageId, mail.url)
  expect(await states(messageId)).toEqual(['queued', 'sent'])
  expect(mail.received).toHaveLength(1)
  expect(mail.received[0]).toMatch(
    new RegExp(`Message-ID: <message-${messageId}\\.[0-9a-f]{16}@cedarflat\\.example>`, 'i'),
  )
  expect(mail.received[0]).toContain('From: Cedar Flat Water <service@cedarflat.example>')
  mail.server.close()
})

test('a server that is away is tried again and every try is on record; a refusal is final', async () => {
  const { messageId } = await send({})
  await expect(deliver(messageId, 'smtp://127.0.0.1:1')).rejects.toThrow(/did not answer/)
  expect(await states(messageId)).toEqual(['queued', 'queued'])
  for (let i = 0; i < 8; i += 1) await expect(deliver(messageId, 'smtp://127.0.0.1:1')).rejects.toThrow()
  await deliver(messageId, 'smtp://127.0.0.1:1')
  expect((await show(messageId)).message).toMatchObject({
    state: 'failed',
    stateDetail: expect.stringMatching(/Given up after 10 tries/),
  })
  const mail = await startMailServer('550 no such user ana@mail.example')
  const other = await send({})
  await deliver(other.messageId, mail.url)
  const { message } = await show(other.messageId)
  expect(message).toMatchObject({ state: 'failed', stateDetail: expect.stringMatching(/code 550/) })
  expect(message.stateDetail).not.toContain('ana@')
  mail.server.close()
})

test('a job for a message that is not there does nothing', async () => {
  await deliver(asId<'message'>(999_999), null)
})

/** As much SMTP as one message needs. */
async function startMailServer(onRecipient = '250 ok') {
  const received: string[] = []
  const server: Server = createServer(socket => {
    let data: string | null = null
    socket.write('220 test\r\n')
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    let rest = ''
    socket.on('data', chunk => {
      rest += chunk
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (data !== null) {
          if (line === '.') {
            received.push(data)
            data = null
            socket.write('250 kept\r\n')
          } else data += `${line}\r\n`
        } else if (/^DATA/i.test(line)) {
          data = ''
          socket.write('354 go on\r\n')
        } else if (/^RCPT/i.test(line)) socket.write(`${onRecipient}\r\n`)
        else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return { server, received, url: `smtp://127.0.0.1:${port}` }
}
