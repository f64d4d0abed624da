/**
 * A meter test that refunds: an Advisor orders it for a customer, a field representative enters what the bench said,
 * a Senior posts the refund, the balance shows it and the letter is printed. All with the keyboard alone.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
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

const customer = 'Edith Washburn'
let browser: Browser
let orderAddress = ''
let testAddress = ''

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const pathOf = (desk: Desk) => new URL(desk.page.url()).pathname

describe('an Advisor orders the test', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, journeyServer().url)
    await signIn(desk, 'mchen')
  })
  afterAll(() => desk?.context.close())

  test('from the meters of the account, with one key: fee and clock are told before', async () => {
    await find(desk, customer.toLowerCase(), customer)
    await push(desk, desk.page.getByRole('link', { name: /^6\d{7}$/ }).first())
    await desk.page.getByRole('heading', { level: 1, name: /^Meters of/ }).waitFor()
    await told(desk, 'Never tested here.')
    await pressKey(desk, 'm')
    const dialog = desk.page.getByRole('dialog', { name: 'Order a meter test' })
    await dialog.waitFor()
    await tick(desk, dialog.getByRole('checkbox', { name: /attends/ }))
    await told(desk, /Fee \$50\.00; test not before .*; written result by .* \(MTR-009\)/)
    await push(desk, dialog.getByRole('button', { name: 'Order the test' }))
    await told(desk, /Ordered: order \d+/)
    await desk.page.getByRole('heading', { level: 1, name: /^Test of meter/ }).waitFor()
    testAddress = pathOf(desk)
    await push(desk, desk.page.getByRole('link', { name: /^\d+, ready/ }))
    await desk.page.getByRole('heading', { level: 1, name: 'Meter test' }).waitFor()
    orderAddress = pathOf(desk)
    expectQuiet(desk)
  })
})

describe('a field representative enters the result', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, journeyServer().url)
    await signIn(desk, 'joel')
    await desk.page.goto(journeyServer().url + orderAddress)
  })
  afterAll(() => desk?.context.close())

  test('from the order: every flow is judged while it is typed', async () => {
    await push(desk, desk.page.getByRole('link', { name: /^Enter the result of meter/ }))
    await desk.page.getByRole('heading', { level: 1, name: /^Test of meter/ }).waitFor()
    expect(pathOf(desk)).toBe(testAddress)
    const flow = async (name: string, through: string, registered: string) => {
      await write(desk, desk.page.getByLabel(`Gallons through, ${name} flow`), through)
      await write(desk, desk.page.getByLabel(`Gallons registered, ${name} flow`), registered)
      await desk.page.keyboard.press('Tab')
    }
    await flow('low', '10', '10.4')
    await told(desk, /104 % fails \(MTR-002\)/)
    await flow('intermediate', '100', '107')
    await told(desk, /107 % fails \(MTR-001\)/)
    await flow('high', '100', '108')
    await told(desk, /106\.7 % by 15, 70 and 15 hundredths \(MTR-008\)/)
    await push(desk, desk.page.getByRole('button', { name: 'Keep the result' }))
    await told(desk, 'The result is kept.')
    await told(desk, /106\.7 % · runs fast/)
    expectQuiet(desk)
  })
})

describe('a Senior posts the refund', () => {
  let desk: Desk
  let amount = ''
  beforeAll(async () => {
    desk = await openDesk(browser, journeyServer().url)
    await signIn(desk, 'ruth')
    await desk.page.goto(journeyServer().url + testAddress)
  })
  afterAll(() => desk?.context.close())

  test('sees every bill before and after, and posts it with one key and a reason', async () => {
    const sum = desk.page.getByRole('row', { name: /^Sum/ })
    await sum.waitFor()
    amount = /\d+\.\d\d/.exec((await sum.textContent()) ?? '')![0]
    expect(Number(amount)).toBeGreaterThan(0)
    await told(desk, /\$50\.00 comes back \(MTR-010\)/)
    await pressKey(desk, 'a')
    const dialog = desk.page.getByRole('alertdialog', { name: 'Post the refund' })
    await dialog.waitFor()
    await desk.page.keyboard.type('Bench sheet of today in the file.')
    await desk.page.keyboard.press('Enter')
    await told(desk, 'Posted: the account shows the credit, and the letter is ready to print.')
    await told(desk, /Decided by Ruth Larsen/)
  })

  test('prints the letter, which says what comes back and why', async () => {
    await desk.page.evaluate(() => {
      window.print = () => undefined
    })
    await push(desk, desk.page.getByRole('button', { name: /^Letter: The test of your water meter/ }).first())
    const letter = desk.page.getByRole('dialog', { name: 'Letter to the customer' })
    await letter.getByText(/Your meter ran fast/).waitFor()
    await letter.getByText(new RegExp(`give you \\$${amount.replace('.', '\\.')} back`)).waitFor()
    await push(desk, letter.getByRole('button', { name: 'Print' }))
    await told(desk, 'Printed and marked as mailed.')
  })

  test('the account shows the credit in its story, and the meter its test', async () => {
    await push(desk, desk.page.getByRole('link', { name: 'Back to the account' }))
    await desk.page.getByRole('heading', { level: 1, name: customer }).waitFor()
    await told(desk, new RegExp(`ran 6\\.7 % fast: .*\\$${amount.replace('.', '\\.')} back`))
    await desk.page
      .getByText(`(${`$${amount}`})`)
      .or(desk.page.getByText(`-$${amount}`))
      .first()
      .waitFor()
    expectQuiet(desk)
  })

  test('a failed meter has its exchange ordered from the same page', async () => {
    await desk.page.goBack()
    await push(desk, desk.page.getByRole('button', { name: 'Order the exchange' }))
    await told(desk, /Exchange ordered: order \d+/)
    await tabTo(desk, desk.page.getByRole('link', { name: 'Meters of the account' }))
    await desk.page.keyboard.press('Enter')
    await told(desk, /106\.7 % · runs fast/)
    expectQuiet(desk)
  })
})
