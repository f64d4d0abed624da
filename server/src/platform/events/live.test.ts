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
  hub.join(maya as unknown as ServerResponse, person(12))
  hub.join(tomas as unknown as ServerResponse, person(13))
  const tell = (notes: unknown) => client.emit('notification', { payload: JSON.stringify(notes) })
  return { hub, maya, tomas, tell }
}

test('whoever is disabled stops hearing of customers at once, on every server; others go on', async () => {
  const { hub, maya, tomas, tell } = await hubWithPages()
  tell([{ name: 'staff.person-disabled', account: null, subject: { person: '12' } }])
  expect([maya.ended, tomas.ended]).toEqual([true, false])
  await hub.stop()
})

test('other news is passed on to every page and closes none', async () => {
  const { hub, maya, tomas, tell } = await hubWithPages()
  tell([{ name: 'desk.task-created', account: '5', subject: { task: '12' } }])
  expect(tomas.heard).toContain('"desk.task-created"')
  expect([maya.ended, tomas.ended]).toEqual([false, false])
  await hub.stop()
})
