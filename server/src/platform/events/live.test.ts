import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Logger } from 'pino'
import { expect, test } from 'vitest'
import { createLiveHub, type ListenClient } from './live.ts'

const person = (id: number) => BigInt(id) as PersonId
const log = { warn() {} } as unknown as Logger

function fakePage() {
  const page = Object.assign(new EventEmitter(), {
    heard: '',
    ended: false,
    writeHead: () => page,
    write: (text: string) => {
      page.heard += text
    },
    end: () => {
      page.ended = true
    },
  })
  return page
}

async function hubWithPages() {
  const client = Object.assign(new EventEmitter(), {
    query: async () => undefined,
    end: async () => undefined,
  })
  const hub = createLiveHub(async () => client as unknown as ListenClient, log, ['staff.person-disabled'])
  await hub.start()
  const [maya, tomas] = [fakePage(), fakePage()]
  const permissions = new Set(['desk.see', 'accounts.see'])
  const join = (page: ReturnType<typeof fakePage>, id: number, accounts: string[] = []) =>
    hub.join(page as unknown as ServerResponse, {
      personId: person(id),
      permissions,
      accounts: new Set(accounts),
    })
  join(maya, 12, ['5'])
  join(tomas, 13)
  const tell = (notes: unknown) => client.emit('notification', { payload: JSON.stringify(notes) })
  return { hub, maya, tomas, tell, join }
}

test('whoever is disabled stops hearing of customers at once, on every server; others go on', async () => {
  const { hub, maya, tomas, tell } = await hubWithPages()
  tell([{ name: 'staff.person-disabled', account: null, subject: { person: '12' } }])
  expect([maya.ended, tomas.ended]).toEqual([true, false])
  await hub.stop()
})

test('the number of an account goes to pages that show it; others hear only where something happened', async () => {
  const { hub, maya, tomas, tell } = await hubWithPages()
  tell([{ name: 'desk.task-created', account: '5', subject: { task: '12' } }])
  expect(maya.heard).toContain('[{"name":"desk.task-created","account":"5"}]')
  expect(tomas.heard).toContain('[{"name":"desk.task-created","account":"another"}]')
  expect(tomas.heard).not.toMatch(/"(5|12)"/)
  expect([maya.ended, tomas.ended]).toEqual([false, false])
  await hub.stop()
})

test('of a department without rights in it nothing is heard, save of the account on the screen', async () => {
  const { hub, maya, tomas, tell } = await hubWithPages()
  tell([{ name: 'investigations.closed', account: '5' }])
  tell([{ name: 'investigations.opened', account: null }])
  expect(maya.heard).toContain('"investigations.closed"')
  expect(maya.heard).not.toContain('"investigations.opened"')
  expect(tomas.heard).not.toContain('investigations')
  await hub.stop()
})

test('what was told while an account was being opened is told again to its page', async () => {
  const { hub, tell, join } = await hubWithPages()
  tell([{ name: 'desk.task-created', account: '77' }])
  const late = fakePage()
  join(late, 12, ['77'])
  expect(late.heard).toContain('"account":"77"')
  await hub.stop()
})

test('too much news for one message makes every page read anew', async () => {
  const { hub, tomas, tell } = await hubWithPages()
  tell([])
  expect(tomas.heard).toContain('event: told\ndata: []')
  await hub.stop()
})
