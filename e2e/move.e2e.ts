/**
 * Service stops, starts and moves, with the keyboard alone, in a real browser against the real server: the read at
 * which two bills meet, the new customer, the old one's end, the contact that wrote itself, and what is refused.
 */
import { addDays, localDate } from '@curbstop/kernel/dates'
import type { Browser, Locator, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountNumberOf, idsOf } from '../tools/sample-district/ids.ts'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import { type Client, signedIn } from './client.ts'
import {
  choose,
  contactPanel,
  type Desk,
  expectQuiet,
  find,
  openDesk,
  pick,
  pressKey,
  push,
  signIn,
  startCall,
  tabTo,
  told,
  write,
} from './desk.ts'

const server = journeyServer()
/** Homes of this file, by their place in the sample: nobody else's journey goes there. */
const leaving = homeAt(2)
const moving = homeAt(8)
const madeRoom = homeAt(12)

type Home = { readonly accountId: string; readonly number: string; readonly premiseId: string }
function homeAt(index: number): Home {
  const { account } = idsOf(index).occupant(0)
  return {
    accountId: String(account),
    number: accountNumberOf(account),
    premiseId: String(idsOf(index).premise),
  }
}

type Card = {
  customerName: string
  status: string
  tenures: { address: string }[]
  services: { service: string; toOn: string | null }[]
  changes: { kind: string; onDate: string }[]
}

let browser: Browser
let desk: Desk
let books: Client
const nameOf = new Map<string, string>()
const addressOf = new Map<string, string>()
/** What the meter of the home that falls vacant showed when its people left. */
let finalRead = 0
const dayAfter = (day: string) => addDays(localDate(day), 1)
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date())

beforeAll(async () => {
  browser = await openBrowser()
  books = await signedIn(() => server.url, 'dana')
  for (const home of [leaving, moving, madeRoom]) {
    const { customerName, tenures } = await cardOf(home.accountId)
    nameOf.set(home.accountId, customerName)
    addressOf.set(home.accountId, tenures[0]!.address.split(',')[0]!)
  }
  desk = await openDesk(browser, server.url)
  await signIn(desk, 'mchen')
})
afterAll(() => browser?.close())

async function cardOf(accountId: string): Promise<Card> {
  const { status, body } = await books.get(`/accounts/${accountId}/card`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as unknown as Card
}
type Occupant = { name: string; fromOn: string; accountId: string } | null
/** Who is served there tomorrow: on the day of a move both are. */
const occupantOf = async (home: Home) => {
  const { body } = await books.get(`/accounts/premises/${home.premiseId}/occupancy?onDate=${dayAfter(today)}`)
  return body.occupant as Occupant
}

const preview = (): Locator => desk.page.getByRole('region', { name: 'What will change' })
const field = (name: string | RegExp): Locator => desk.page.getByLabel(name).first()
const dial = (region: string): Locator =>
  desk.page.getByRole('region', { name: region }).getByLabel(/^water meter /)

/** `g m`, and the arrow to what the customer wants. */
async function want(kind: 'Start' | 'Stop' | 'Transfer'): Promise<void> {
  await pressKey(desk, 'g')
  await desk.page.keyboard.press('m')
  await desk.page.getByRole('heading', { level: 1, name: 'Start, stop or transfer service' }).waitFor()
  await choose(desk, 'What does the customer want?', kind)
}

/** The last read as the page tells it, and the field to type the next one into. */
async function readGiven(region: string): Promise<{ last: number; at: Locator }> {
  await choose(desk, region, 'Read given')
  const at = dial(region)
  await at.waitFor()
  const says = await desk.page
    .getByRole('region', { name: region })
    .getByText(/Last: [\d,]+ on/)
    .innerText()
  return { last: Number(/Last: ([\d,]+) on/.exec(says)![1]!.replaceAll(',', '')), at }
}

async function typeRead(at: Locator, value: number): Promise<void> {
  await write(desk, at, String(value))
}

async function saveContact(outcome: RegExp): Promise<void> {
  const panel = contactPanel(desk)
  await expect.poll(() => panel.getByLabel('Note').inputValue()).toMatch(outcome)
  const reason = panel.getByRole('combobox', { name: 'Reason' })
  if (!(await reason.inputValue())) await pick(desk, reason, 'Start')
  await desk.page.keyboard.press('ControlOrMeta+Enter')
  await told(desk, /Contact saved/)
}

describe('a customer moves out', () => {
  test('service stops today at a final read, and the account waits for its final bill', async () => {
    const name = nameOf.get(leaving.accountId)!
    await find(desk, leaving.number, name)
    await startCall(desk, '530 555 0110')
    await want('Stop')
    await pick(desk, field('Whose service'), leaving.number)
    const { last, at } = await readGiven('Hand-over read')
    await typeRead(at, last - 1)
    await told(desk, /below the last read/)
    await told(desk, 'The read cannot be right')
    finalRead = last + 2
    await typeRead(at, finalRead)
    await told(desk, 'Say what follows')
    await choose(desk, 'What follows?', 'It stays on; we watch the meter')
    await expect.poll(() => preview().innerText()).toMatch(/final bill/i)
    await push(desk, preview().getByRole('button', { name: /^Stop service/ }))
    await told(desk, `Service of account ${leaving.number} stops.`)
    expect(await cardOf(leaving.accountId)).toMatchObject({
      status: expect.stringMatching(/closing|closed/),
      changes: [expect.objectContaining({ kind: 'stop', onDate: today })],
    })
    await push(desk, desk.page.getByRole('link', { name: `Open account ${leaving.number}` }))
    await desk.page.getByRole('heading', { level: 1, name }).waitFor()
    await saveContact(/Service stops/)
    expectQuiet(desk)
  })
})

describe('a new customer moves into the vacant home', () => {
  const name = 'Zoë O’Brien-Ñuñez'
  let sent: Request | null = null

  test('the place is found, who was there is told, and what is missing is said one thing at a time', async () => {
    await pressKey(desk, 'g')
    await desk.page.keyboard.press('h')
    await startCall(desk, '(530) 555-0177')
    await want('Start')
    await told(desk, 'Choose the service address.')
    await pick(desk, field('Service address'), addressOf.get(leaving.accountId)!)
    await told(desk, 'Nobody is served here.')
    await told(desk, `Before: ${nameOf.get(leaving.accountId)}`)
    await told(desk, 'Write the name.')
    await write(desk, field('Name'), name)
    await write(desk, field('Phone 1'), '530 555 0177')
    await push(desk, desk.page.getByRole('button', { name: 'Add an e-mail' }))
    await write(desk, field('E-mail 1'), 'zoe.obrien@example.com')
    await write(desk, field(/^Persons who live there/), '3')
  })

  test('a day on which somebody else was served is refused with the day that is possible', async () => {
    await write(desk, field('First day of service'), 't-1')
    await write(desk, field(/^Note/), 'Lease signed on the first')
    await expect.poll(() => preview().innerText()).toMatch(/Start on .* or later|until/)
    await write(desk, field('First day of service'), 't')
  })

  test('a read below that of the move out is refused before anything is sent; the same one is taken', async () => {
    const { at } = await readGiven('Hand-over read')
    const last = finalRead
    await told(desk, `Last: ${last.toLocaleString('en-US')} on`)
    await typeRead(at, last - 5)
    await told(desk, 'Void that one first if it is wrong.')
    await told(desk, 'The read cannot be right')
    const button = preview().getByRole('button', { name: /^Start service/ })
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
    await typeRead(at, last)
    await told(desk, 'This read is on record already')
    await expect.poll(() => preview().innerText()).toMatch(/account/i)
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe(null)
  })

  test('Enter twice starts service once; the new account’s page opens with phone and e-mail', async () => {
    desk.page.on('request', request => {
      const isAct = request.url().endsWith('/accounts/occupancy-changes') && !request.headers()['x-rehearse']
      if (isAct) sent ??= request
    })
    await tabTo(desk, preview().getByRole('button', { name: /^Start service/ }))
    await desk.page.keyboard.press('Enter')
    await desk.page.keyboard.press('Enter')
    await told(desk, /^Service starts under account \d+/)
    expect(await occupantOf(leaving)).toMatchObject({ name, fromOn: today })
    expect((await cardOf(leaving.accountId)).services.map(one => one.toOn)).toEqual([today, today])
    await push(desk, desk.page.getByRole('link', { name: /^Open account/ }))
    await desk.page.getByRole('heading', { level: 1, name }).waitFor()
    await told(desk, '(530) 555-0177')
    await told(desk, 'zoe.obrien@example.com')
  })

  test('the same request sent again under its key gets the first answer and makes nothing', async () => {
    const occupant = await occupantOf(leaving)
    const again = await desk.context.request.post(sent!.url(), {
      data: sent!.postDataJSON(),
      headers: { 'idempotency-key': sent!.headers()['idempotency-key']!, origin: new URL(server.url).origin },
    })
    expect(again.status()).toBe(200)
    expect(await again.json()).toMatchObject({ accountId: occupant!.accountId })
    const other = await desk.context.request.post(sent!.url(), {
      data: { ...sent!.postDataJSON(), note: 'another body' },
      headers: { 'idempotency-key': sent!.headers()['idempotency-key']!, origin: new URL(server.url).origin },
    })
    expect([other.status(), (await other.json()).code]).toEqual([422, 'platform.key-reused'])
    const found = await books.post('/accounts/search', { q: name })
    expect((found.body.hits as unknown[]).length).toBe(1)
  })

  test('the contact is about the new account and wrote down that service starts', async () => {
    await push(desk, desk.page.getByRole('button', { name: /^This is about/ }))
    await saveContact(/Service starts/)
    await expect.poll(() => desk.page.getByRole('row', { name: /contact/i }).count()).toBeGreaterThan(0)
    expectQuiet(desk)
  })
})

describe('a customer moves across town', () => {
  test('service is transferred with a read at both homes, and who lived there stops at the same read', async () => {
    const name = nameOf.get(moving.accountId)!
    await find(desk, moving.number, name)
    await startCall(desk, '530 555 0120')
    await want('Transfer')
    await pick(desk, field('Whose service'), moving.number)
    await pick(desk, field('New address'), addressOf.get(madeRoom.accountId)!)
    await told(desk, `Served here since`)
    await told(desk, 'Say how we know that they leave.')
    await write(desk, field(/^How do we know that/), 'They called this morning')
    const old = await readGiven('Read at the old address')
    await typeRead(old.at, old.last + 3)
    const next = await readGiven('Read at the new address')
    await typeRead(next.at, next.last - 1)
    await told(desk, /below the last read/)
    await typeRead(next.at, next.last + 4)
    await choose(desk, 'What follows?', 'It stays on; we watch the meter')
    await expect.poll(() => preview().innerText()).toMatch(/final bill/i)
    await tabTo(desk, field(/^Note/))
    await desk.page.keyboard.press('ControlOrMeta+Enter')
    await told(desk, /^Service moves; the new account is \d+/)
    expect(await occupantOf(moving)).toBeNull()
    expect(await occupantOf(madeRoom)).toMatchObject({ name, fromOn: today })
    expect(await cardOf(madeRoom.accountId)).toMatchObject({
      status: expect.stringMatching(/closing|closed/),
      services: [expect.objectContaining({ toOn: today }), expect.objectContaining({ toOn: today })],
    })
  })

  test('the new account shows the meter with its read, and the contact of the old one tells of the move', async () => {
    const name = nameOf.get(moving.accountId)!
    await push(desk, desk.page.getByRole('link', { name: /^Open account/ }))
    await desk.page.getByRole('heading', { level: 1, name }).waitFor()
    await push(desk, desk.page.getByRole('link', { name: /^\d{8}$/ }))
    await desk.page.getByRole('heading', { level: 1, name: /^Meters of/ }).waitFor()
    const newest = desk.page.getByRole('region', { name: 'Reads' }).locator('tbody tr').first()
    await expect.poll(() => newest.innerText()).toMatch(/customer/)
    await find(desk, moving.number, name)
    await saveContact(/Service moves over/)
    expectQuiet(desk)
  })
})
