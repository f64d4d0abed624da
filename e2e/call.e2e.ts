/**
 * THE CALL: a customer asks about a high bill. Advisor and Assistant serve it from the sign-in to the saved contact with
 * the keyboard alone, in a real browser against the real server; the Supervisor sees what came of it.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import {
  causesPanel,
  command,
  contactPanel,
  type Desk,
  expectQuiet,
  find,
  openDesk,
  pick,
  pressKey,
  proveCaller,
  push,
  signIn,
  startCall,
  told,
  whyChart,
  write,
} from './desk.ts'

const server = journeyServer()
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each([
  {
    login: 'mchen',
    name: 'Maya Chen',
    caller: 'Ana Ruiz',
    typed: 'ana ruis',
    phone: '530 555 0148',
    address: '118 Alder Ct',
    reviewed: false,
  },
  {
    login: 'ines',
    name: 'Ines Okafor',
    caller: 'Janelle Hughes',
    typed: 'janele huges',
    phone: '530 555 0199',
    address: '305 Vista Way',
    reviewed: true,
  },
])('the call, served by $name', ({ login, name, caller, typed, phone, address, reviewed }) => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, login)
  })
  afterAll(() => desk?.context.close())

  test('finds the account by a misspelt name, with the keyboard alone', async () => {
    await find(desk, typed, caller)
    await told(desk, `${address}, Cedar Flat`)
    await desk.page
      .getByText('In 2', { exact: false })
      .first()
      .waitFor({ timeout: 1 })
      .catch(() => undefined)
  })

  test('starts the contact by the number that calls and knows who it may be', async () => {
    await startCall(desk, phone)
    await contactPanel(desk).getByText(`maybe ${caller}`).waitFor()
  })

  test('proves the caller and reads what may be said', async () => {
    const decision = await proveCaller(desk, ['name', 'account number', 'last payment'])
    expect(await decision.textContent()).toMatch(/^\s*proven.*May be told: [^.]*balance/s)
  })

  test('explains the bill: opens a bar of the waterfall down to figure and tariff', async () => {
    await pressKey(desk, 'e')
    await desk.page.keyboard.press('ArrowRight')
    await desk.page.keyboard.press('ArrowRight')
    const bar = desk.page.locator(':focus')
    expect(await bar.getAttribute('aria-label')).toMatch(/:\s*[+−-]/)
    await desk.page.keyboard.press('Enter')
    await expect.poll(() => bar.getAttribute('aria-expanded')).toBe('true')
    await expect
      .poll(() => whyChart(desk).locator('.cs-explanation').textContent())
      .toMatch(/\d.*(Resolution|Schedule|days)/s)
    await desk.page.keyboard.press('Escape')
  })

  test('sees likely causes with their evidence and answers the next question', async () => {
    const causes = causesPanel(desk)
    const first = causes.getByRole('listitem').first()
    await push(desk, first.locator('summary'))
    await first.getByText('Do:').waitFor()
    const asked = causes.locator('.wb-ask-next')
    const question = await asked.locator('p').nth(1).textContent()
    await push(desk, asked.getByRole('button').first())
    await expect.poll(() => asked.locator('p').nth(1).textContent()).not.toBe(question)
  })

  test('guides the leak check and keeps what was found', async () => {
    await pressKey(desk, 'l')
    const panel = desk.page.getByRole('dialog', { name: 'Leak check with the customer' })
    await panel.waitFor()
    for (let step = 0; step < 2; step += 1) {
      const open = panel.locator('.wb-step[data-open]')
      const title = await open.locator('strong').first().textContent()
      await push(desk, open.locator('.wb-step-body').getByRole('button').first())
      await expect
        .poll(() => panel.locator('.wb-step[data-open] strong').first().textContent())
        .not.toBe(title)
    }
    await desk.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
  })

  test('answers “what if”, and nothing is posted', async () => {
    await pressKey(desk, 'w')
    const dialog = desk.page.getByRole('dialog', { name: 'What if …' })
    await dialog.getByRole('row', { name: /^Twelve months/ }).waitFor()
    await push(desk, dialog.getByRole('button', { name: 'one more person' }))
    await expect.poll(() => dialog.getByRole('columnheader').count()).toBe(3)
    await expect.poll(() => dialog.getByRole('row', { name: /^Bill/ }).textContent()).toMatch(/\d.*\d.*\d/)
    await desk.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  test('sends a service order for a leak check', async () => {
    await pressKey(desk, 'o')
    const dialog = desk.page.getByRole('dialog', { name: 'Service order' })
    await dialog.waitFor()
    await write(desk, dialog.getByLabel('Instructions'), `Dog in the yard. ${login} promised a call before.`)
    await push(desk, dialog.getByRole('button', { name: 'Send the order' }))
    await dialog.waitFor({ state: 'hidden' })
    await told(desk, /made, due/)
  })

  test('sends the usage sheet in the customer’s language and comes back to the call', async () => {
    await command(desk, 'Usage sheet')
    await push(desk, desk.page.getByRole('button', { name: 'Send', exact: true }))
    await told(desk, 'One message is on its way.')
    await push(desk, desk.page.getByRole('link', { name: 'Back to the account' }))
    await desk.page.getByRole('heading', { level: 1, name: caller }).waitFor()
  })

  test('promises a follow-up and saves the contact, whose note wrote itself, with one key', async () => {
    await pressKey(desk, 't')
    await write(desk, contactPanel(desk).getByLabel('What to do'), `Call back, said ${login}`)
    const note = contactPanel(desk).getByLabel('Note')
    await expect.poll(() => note.inputValue()).toMatch(/bill.*order/is)
    const reason = contactPanel(desk).getByRole('combobox', { name: 'Reason' })
    if (!(await reason.inputValue())) await pick(desk, reason, 'High bill')
    await desk.page.keyboard.press('ControlOrMeta+Enter')
    await told(desk, /Contact saved; follow-up on/)
    await expect.poll(() => desk.page.getByRole('row', { name: /contact/i }).count()).toBeGreaterThan(0)
    expectQuiet(desk)
  })

  test('the Supervisor sees the contact, the order and the follow-up; the Assistant’s work waits for review', async () => {
    const boss = await openDesk(browser, server.url)
    await signIn(boss, 'dana')
    await boss.page.keyboard.press('g')
    await boss.page.keyboard.press('s')
    await boss.page.getByRole('heading', { level: 1, name: /^The desk on/ }).waitFor()
    await boss.page.getByRole('row').filter({ hasText: name }).first().waitFor()
    const review = boss.page.getByText(/review/i)
    if (reviewed) await expect.poll(() => review.count()).toBeGreaterThan(0)
    await find(boss, address.toLowerCase(), caller)
    const orders = boss.page.getByRole('region', { name: 'Holds and work' })
    await orders
      .getByText(/waiting/i)
      .first()
      .waitFor()
    await orders.getByText(`Call back, said ${login}`).waitFor()
    expectQuiet(boss)
    await boss.context.close()
  })

  test('what was typed is reachable again: the task stands on the own list', async () => {
    await pressKey(desk, 'g')
    await desk.page.keyboard.press('t')
    await desk.page.getByRole('region', { name: 'My tasks' }).waitFor()
    await told(desk, `Call back, said ${login}`)
  })
})
