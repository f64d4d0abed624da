/** What a hand that holds a phone, and a hand that rests on the mouse, would lose. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import { type Desk, expectQuiet, find, openDesk, pressKey, signIn } from './desk.ts'

const server = journeyServer()
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe('on a phone', () => {
  test('a chosen task opens alone, and the way back leads to the list', async () => {
    const desk = await openDesk(browser, server.url, { viewport: { width: 390, height: 844 } })
    await signIn(desk, 'dana')
    const { page } = desk
    await page.goto(`${server.url}/desk`)
    const lists = page.getByRole('complementary', { name: 'Whose work' })
    await lists.waitFor()
    expect(await page.getByRole('main').innerText()).toBe('Tasks') // a heading and the list, no task below it
    const busy = page.locator('.wb-choice').filter({ hasText: /[1-9]/ }).first()
    await busy.click()
    const task = page.locator('.wb-workitem').first()
    const title = await task.locator('.wb-workitem-title').textContent()
    await task.click()
    await page.getByRole('heading', { level: 1, name: title! }).waitFor()
    expect(await page.locator('.wb-worklist').isVisible()).toBe(false)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    await page.getByRole('link', { name: 'All tasks' }).click()
    await page.locator('.wb-worklist').waitFor()
    expectQuiet(desk)
    await desk.context.close()
  })
})

describe('one Escape closes the leak check', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'mchen')
    await find(desk, 'ana ruis', 'Ana Ruiz')
  })
  afterAll(() => desk?.context.close())

  const open = async () => {
    await pressKey(desk, 'l')
    const panel = desk.page.getByRole('dialog', { name: 'Leak check with the customer' })
    await panel.locator('.wb-step').first().waitFor()
    return panel
  }

  test('though the mouse rests on a button whose tooltip is open', async () => {
    const panel = await open()
    await panel.getByRole('button', { name: 'Finding …' }).click()
    await panel.getByRole('button', { name: 'Close the case' }).hover()
    await desk.page.locator('.cs-tooltip').waitFor()
    await desk.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
  })

  test('though the focus was lost with something that went away', async () => {
    const panel = await open()
    await desk.page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await desk.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
  })

  test('but an open list inside of it closes first', async () => {
    const panel = await open()
    await panel.getByRole('button', { name: 'Finding …' }).click()
    await panel.getByRole('combobox', { name: 'What it was' }).click()
    await desk.page.getByRole('listbox').waitFor()
    await desk.page.keyboard.press('Escape')
    await desk.page.getByRole('listbox').waitFor({ state: 'hidden' })
    expect(await panel.isVisible()).toBe(true)
    await desk.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    expectQuiet(desk)
  })
})
