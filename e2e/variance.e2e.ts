/**
 * A variance at the counter: an Assistant takes a household request, is refused to decide it by level and proposes it;
 * an Advisor decides it and the letter is printed. Both with the keyboard alone, in a real browser.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../tools/testing/browser.ts'
import { type ServerProcess, startServer } from '../tools/testing/server.ts'
import {
  type Desk,
  expectQuiet,
  find,
  openDesk,
  pressKey,
  push,
  signIn,
  tabTo,
  tick,
  told,
  write,
} from './desk.ts'

let server: ServerProcess
let browser: Browser
let address = ''

beforeAll(async () => {
  server = await startServer({ accounts: 150 })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

describe('an Assistant takes the request', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'ines')
  })
  afterAll(() => desk?.context.close())

  test('from the account with one key, and sees every rule while typing', async () => {
    await find(desk, 'janelle hughes', 'Janelle Hughes')
    await pressKey(desk, 'v')
    await desk.page.getByRole('heading', { level: 1, name: /^Variance at the counter/ }).waitFor()
    await write(desk, desk.page.getByLabel('People living there'), '5')
    await told(desk, /Not seen yet: names and ages of everybody/)
    await told(desk, 'It cannot be approved yet.')
    await tick(desk, desk.page.getByRole('checkbox', { name: 'Names and ages of everybody' }))
    await told(desk, /names and ages are enough/)
    await told(desk, 'Everything is there.')
  })

  test('sees the coming bill in both worlds before anything is kept', async () => {
    const figure = desk.page.getByRole('figure', { name: 'Does the same use stay inside the budget?' })
    await figure.getByRole('row', { name: /^Water budget/ }).waitFor()
    const cells = figure.getByRole('row', { name: /^Water budget/ }).getByRole('cell')
    await expect
      .poll(async () => (await cells.nth(0).textContent()) !== (await cells.nth(1).textContent()))
      .toBe(true)
    await told(desk, /bills, had it counted then/)
  })

  test('keeps it with Ctrl Enter; its clock runs', async () => {
    await desk.page.keyboard.press('ControlOrMeta+Enter')
    await told(desk, /Request taken; to be decided by/)
    await desk.page.getByRole('heading', { level: 1, name: 'Household size: Janelle Hughes' }).waitFor()
    address = new URL(desk.page.url()).pathname
  })

  test('is refused to decide it by level, in a sentence, and proposes it', async () => {
    const approve = desk.page.getByRole('button', { name: /^Approve/ })
    await tabTo(desk, approve)
    await told(
      desk,
      /An Assistant may propose a household of 5, not decide it: an Advisor decides \(AUTH-015\)/,
    )
    await pressKey(desk, 'a')
    expect(await desk.page.getByRole('alertdialog').count()).toBe(0)
    await pressKey(desk, 'p')
    const dialog = desk.page.getByRole('alertdialog', { name: 'Propose approval' })
    await dialog.waitFor()
    await desk.page.keyboard.type('Names and ages seen, all in order.')
    await desk.page.keyboard.press('Enter')
    await told(desk, 'Proposed. It waits in the queue of whoever decides.')
    expectQuiet(desk)
  })
})

describe('an Advisor decides it', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'mchen')
  })
  afterAll(() => desk?.context.close())

  test('finds it in the list of what waits', async () => {
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('v')
    await desk.page.getByRole('heading', { level: 1, name: 'Water budget variances' }).waitFor()
    const row = desk.page.getByRole('row').filter({ hasText: 'Janelle Hughes' })
    await row.waitFor()
    await pressKey(desk, 'j')
    for (let step = 0; step < 20; step += 1) {
      if (await row.evaluate(element => element === document.activeElement)) break
      await desk.page.keyboard.press('j')
    }
    await desk.page.keyboard.press('Enter')
    await desk.page.getByRole('heading', { level: 1, name: 'Household size: Janelle Hughes' }).waitFor()
    expect(new URL(desk.page.url()).pathname).toBe(address)
  })

  test('approves it with one key and a reason', async () => {
    await told(desk, 'Everything is there.')
    await pressKey(desk, 'a')
    const dialog = desk.page.getByRole('alertdialog', { name: 'Approve' })
    await dialog.getByText('It would give: 5 people').waitFor()
    await desk.page.keyboard.type('You showed us names and ages of everybody.')
    await desk.page.keyboard.press('Enter')
    await told(desk, 'Approved. The letter is ready to print.')
  })

  test('prints the letter, which says how many people and until when', async () => {
    await desk.page.evaluate(() => {
      window.print = () => undefined
    })
    await push(desk, desk.page.getByRole('button', { name: /^Letter: / }).first())
    const letter = desk.page.getByRole('dialog', { name: 'Letter to the customer' })
    await letter.getByText(/5 people live in your home/).waitFor()
    await push(desk, letter.getByRole('button', { name: 'Print' }))
    await told(desk, 'Printed and marked as mailed.')
  })

  test('the account page shows what counts now and until when', async () => {
    await push(desk, desk.page.getByRole('link', { name: 'Back to the account' }))
    const panel = desk.page.getByRole('region', { name: 'Variances' })
    await panel.getByText('5 people').waitFor()
    await panel.getByText(/until/).waitFor()
    expectQuiet(desk)
  })
})
