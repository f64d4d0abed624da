/**
 * A read-book morning with the keyboard alone: an Advisor corrects, estimates, sends for a re-read, accepts one and
 * several; an Assistant sees all of it, sends somebody, and is refused to decide; a leak is called before the bill.
 */
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../tools/testing/browser.ts'
import { type ServerProcess, startServer } from '../tools/testing/server.ts'
import { signedIn } from './client.ts'
import {
  contactPanel,
  type Desk,
  expectQuiet,
  openDesk,
  pressKey,
  push,
  signIn,
  tabTo,
  told,
} from './desk.ts'

let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  server = await startServer({ accounts: 1_160 }) // so many that the books of these days have homes
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const goToBook = async (desk: Desk) => {
  await pressKey(desk, 'g')
  await desk.page.keyboard.press('b')
  await doubts(desk).first().waitFor()
  await address(desk).waitFor()
}
const doubts = ({ page }: Desk): Locator =>
  page.getByRole('navigation', { name: 'Reads in doubt, the dearest first' }).getByRole('link')
const address = ({ page }: Desk): Locator => page.getByRole('main').getByRole('heading', { level: 1 }).last()
const dial = ({ page }: Desk, at: number): Locator =>
  page.getByRole('region', { name: 'On the dials' }).getByRole('img').nth(at)

/** Down the list until this act can be done with the read in hand. */
async function walkUntil(desk: Desk, act: string): Promise<string> {
  const button = desk.page.getByRole('button', { name: new RegExp(`^${act}`) })
  for (let step = 0; step < 40; step += 1) {
    if ((await button.getAttribute('aria-disabled')) === null)
      return (await address(desk).textContent()) ?? ''
    const before = desk.page.url()
    await pressKey(desk, 'j')
    await expect.poll(() => desk.page.url()).not.toBe(before)
    await dial(desk, 0).waitFor()
  }
  throw new Error(`nothing in the list can be done with ${act}`)
}

/** It is gone from the list, and another read stands open. */
async function expectNext(desk: Desk, done: string): Promise<void> {
  await expect.poll(() => address(desk).textContent()).not.toBe(done)
  await expect.poll(() => doubts(desk).filter({ hasText: done }).count()).toBe(0)
}

describe('an Advisor judges the morning', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'mchen')
    await goToBook(desk)
  })
  afterAll(() => desk?.context.close())

  test('sees the books with what is missing, and the dearest doubt first', async () => {
    await desk.page
      .getByRole('img', { name: /^B\d\d: \d+ of \d+ read, \d+ skipped, \d+ missing$/ })
      .first()
      .waitFor()
    const amounts = await doubts(desk).locator('.cs-money').allTextContents()
    const cents = amounts.map(text => Number(text.replace(/[$,.]/g, '')))
    expect(cents).toEqual([...cents].sort((a, b) => b - a))
    expect(cents.length).toBeGreaterThan(8)
  })

  test('corrects a value and hears what it would mean while typing', async () => {
    const done = await walkUntil(desk, 'Correct the value')
    const before = (await dial(desk, 0).getAttribute('aria-label'))!
    const value = String(Math.min(Number(before) + 300, 10 ** before.length - 1))
    await pressKey(desk, 'c')
    const dialog = desk.page.getByRole('dialog', { name: `Correct the value: ${done}` })
    await dialog.getByLabel('What the dial really shows').waitFor()
    await expect.poll(() => desk.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await desk.page.keyboard.press('ControlOrMeta+a')
    await desk.page.keyboard.type(value)
    await dialog.getByText(/^That is .* gallons in \d+ days/).waitFor()
    await dialog.getByText(/^The last bill at this use: \$/).waitFor()
    await desk.page.keyboard.press('Enter')
    await desk.page.keyboard.press('1')
    await told(desk, `${done}: corrected.`)
    await expectNext(desk, done)
  })

  test('estimates one, with the value and the method before it is done', async () => {
    const done = await walkUntil(desk, 'Estimate')
    await pressKey(desk, 'e')
    await desk.page.getByText(/will be written as an estimate: .* gallons by/).waitFor()
    await desk.page.keyboard.press('1')
    await told(desk, `${done}: estimated.`)
    await expectNext(desk, done)
  })

  test('sends for a re-read, which leaves the list and waits', async () => {
    const done = await walkUntil(desk, 'Re-read')
    await pressKey(desk, 'r')
    await desk.page.getByRole('dialog', { name: `Re-read: ${done}` }).waitFor()
    await desk.page.keyboard.press('Enter')
    await told(desk, new RegExp(`${done}: Re-read ordered`))
    await expectNext(desk, done)
  })

  test('accepts one with two keys', async () => {
    const done = await walkUntil(desk, 'Accept the read')
    await pressKey(desk, 'a')
    await desk.page.getByRole('dialog', { name: `Accept the read: ${done}` }).waitFor()
    await desk.page.keyboard.press('1')
    await told(desk, `${done}: accepted as read.`)
    await expectNext(desk, done)
  })

  test('accepts the safe ones together, and only those', async () => {
    const before = await doubts(desk).count()
    await push(desk, desk.page.getByRole('button', { name: 'Choose every safe one shown' }))
    const chosen = (await desk.page.getByText(/are safe to accept together/).textContent())!
    const safe = Number(/^\d+/.exec(chosen)![0])
    expect(safe).toBeGreaterThan(0)
    await pressKey(desk, 'b')
    await desk.page.getByRole('dialog', { name: 'Accept together' }).waitFor()
    await desk.page.keyboard.press('1')
    await told(desk, new RegExp(`^${safe} reads? accepted`))
    await expect.poll(() => doubts(desk).count()).toBe(before - safe)
    expectQuiet(desk)
  })
})

describe('an Assistant at the same list', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'ines')
    await goToBook(desk)
  })
  afterAll(() => desk?.context.close())

  test('is refused to decide by level, in a sentence, by the key and by the server', async () => {
    const accept = desk.page.getByRole('button', { name: /^Accept the read/ })
    expect(await accept.getAttribute('aria-disabled')).toBe('true')
    await told(desk, /an Advisor decides it \(AUTH-016, metering\.judge\)/)
    await pressKey(desk, 'a')
    expect(await desk.page.getByRole('dialog').count()).toBe(0)
    const client = await signedIn(() => server.url, 'ines')
    const { body } = await client.get('/metering/exceptions')
    const [line] = body.lines as { exceptionId: string; version: number }[]
    const refused = await client.post(`/metering/exceptions/${line!.exceptionId}/decide`, {
      ...{ version: line!.version, decision: 'accepted', reason: 'all fine' },
    })
    expect(refused.status).toBe(403)
    expect(String(refused.body.message)).toContain('metering.judge')
  })

  test('may send somebody to look', async () => {
    const done = await walkUntil(desk, 'Re-read')
    await pressKey(desk, 'r')
    await desk.page.getByRole('dialog', { name: `Re-read: ${done}` }).waitFor()
    await desk.page.keyboard.press('Enter')
    await told(desk, new RegExp(`${done}: Re-read ordered`))
    expectQuiet(desk)
  })

  test('hears who was faster when two judge the same read', async () => {
    const [ann, bob] = [await signedIn(() => server.url, 'mchen'), await signedIn(() => server.url, 'tomas')]
    const { body } = await ann.get('/metering/exceptions?waiting=hide')
    const line = (body.lines as { exceptionId: string; version: number; rule: string }[]).find(
      one => one.rule !== 'VEE-009',
    )!
    const decision = { version: line.version, decision: 'accepted', reason: 'Pool was filled' }
    expect((await ann.post(`/metering/exceptions/${line.exceptionId}/decide`, decision)).status).toBe(200)
    const second = await bob.post(`/metering/exceptions/${line.exceptionId}/decide`, decision)
    expect(second.status).toBe(409)
    expect(String(second.body.message)).toContain('Maya Chen')
  })
})

describe('a leak before the bill', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'tomas')
  })
  afterAll(() => desk?.context.close())

  test('is called with one key, the note begun, and stands as called afterwards', async () => {
    await pressKey(desk, 'g')
    await desk.page.keyboard.press('u')
    await desk.page.getByRole('heading', { level: 1, name: 'High use before the bill' }).waitFor()
    const name = (await desk.page.getByRole('main').getByRole('heading', { level: 2 }).first().textContent())!
    await told(desk, 'Nobody has called since this read.')
    await pressKey(desk, 'p')
    await desk.page.getByRole('heading', { level: 1, name }).waitFor()
    const note = contactPanel(desk).getByLabel('Note')
    await note.waitFor()
    await expect
      .poll(() => note.inputValue())
      .toMatch(/^Use before the bill goes out: .* gallons by the read of/)
    const outcome = contactPanel(desk).getByRole('combobox', { name: 'Outcome' })
    await tabTo(desk, outcome)
    await desk.page.keyboard.type('Reso')
    await desk.page.keyboard.press('ControlOrMeta+Enter')
    await told(desk, 'Contact saved.')
    await pressKey(desk, 'g')
    await desk.page.keyboard.press('u')
    await desk.page.getByRole('heading', { level: 1, name: 'High use before the bill' }).waitFor()
    const homes = desk.page.getByRole('region', { name: 'Homes, the dearest first' })
    await expect.poll(() => homes.getByText(name, { exact: true }).count()).toBe(0)
    expectQuiet(desk)
  })
})
