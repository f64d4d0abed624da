/**
 * Every dialog, opened with the keyboard: the cursor goes inside and stays there, axe finds nothing serious in light
 * and dark, nothing runs off the page at 200 % zoom, Escape closes it and puts the cursor back where it was.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOf } from '../tools/sample-district/chunk.ts'
import { idsOf } from '../tools/sample-district/ids.ts'
import { situations } from '../tools/sample-district/situations.ts'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import { type Desk, expectQuiet, leaveField, openDesk, signIn, tabTo } from './desk.ts'
import { desktop, narrow, overflowOf, seriousOf } from './looks.ts'

const server = journeyServer()
const accountOf = (key: string): string =>
  String(idsOf(placeOf(situations.findIndex(one => one.key === key))).occupant(0).account)
const home = accountOf('rates-only')
const hidden = accountOf('protected')

let browser: Browser
let desk: Desk
let shown = ''

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openDesk(browser, server.url)
  await signIn(desk, 'dana')
})
afterAll(() => browser?.close())

type Way = {
  readonly dialog: string | RegExp
  readonly path: string
  /** A key of the page, or else a row to open and a button in it. */
  readonly key?: string
  readonly row?: string
  readonly button?: string | RegExp
  /** A button of the dialog that leads to another one. */
  readonly next?: RegExp
}

const account = `/accounts/${home}`
const customer = `/accounts/${home}/customer`
const meters = `/accounts/${home}/meters`
const ways: readonly Way[] = [
  { dialog: 'Commands', path: account, key: 'ControlOrMeta+k' },
  { dialog: 'Keys', path: account, key: '?' },
  { dialog: 'Service order', path: account, key: 'o' },
  { dialog: 'What if …', path: account, key: 'w' },
  { dialog: 'Leak check with the customer', path: account, key: 'l' },
  { dialog: 'Follow-up task', path: account, key: 't' },
  { dialog: 'Show a sentence to everybody who opens this account', path: account, button: 'add' },
  { dialog: 'Hold', path: account, button: 'hold' },
  { dialog: 'Why must you see it?', path: `/accounts/${hidden}`, button: 'Show' },
  { dialog: /^Void the read/, path: meters, row: 'Reads', button: 'Void this read' },
  { dialog: /^Exchange meter/, path: meters, button: 'Exchange the meter' },
  { dialog: 'Add a meter', path: meters, button: 'Exchange the meter', next: /Add the meter/ },
  { dialog: 'Name and language', path: customer, button: 'change: Name and language' },
  { dialog: 'Phones and e-mail', path: customer, button: 'change: Phones and e-mail' },
  { dialog: 'Mailing address', path: customer, button: 'change: Mailing address' },
  { dialog: 'Persons who live here', path: customer, button: 'change: Persons who live here' },
  { dialog: 'Somebody who may speak', path: customer, button: 'Somebody who may speak' },
  { dialog: 'Hide name, phones and address at once?', path: customer, button: 'Hide this customer' },
  { dialog: 'Set what a caller can be asked for', path: customer, button: /^set$/ },
  { dialog: /^(Begin|End) /, path: customer, button: /^(begin|end)$/ },
  { dialog: 'New task', path: '/desk', key: 'n' },
  { dialog: 'Ask a senior', path: '/desk', key: 'q' },
  { dialog: 'Hand the task on', path: '/desk/101', key: 'r' },
  { dialog: 'Put the task off', path: '/desk/101', key: 'z' },
  { dialog: 'Remark', path: '/desk/101', key: 'm' },
  { dialog: 'Close the task', path: '/desk/101', key: 'd' },
]

async function show(path: string): Promise<void> {
  const { page } = desk
  if (shown !== path) await page.goto(`${server.url}${path}`)
  shown = path
  await page.getByRole('combobox', { name: 'Search customers and accounts' }).waitFor()
  await expect.poll(() => page.getByRole('main').innerText()).toMatch(/\w{3,}/)
  await expect.poll(() => page.locator('.cs-skeleton').count()).toBe(0)
}

async function open({ dialog, key, row, button, next }: Way): Promise<void> {
  const { page } = desk
  if (row) {
    await tabTo(desk, page.getByRole('region', { name: row }).locator('tbody tr').first())
    await page.keyboard.press('Enter')
  }
  if (button) await tabTo(desk, page.getByRole('button', { name: button }).first())
  else await leaveField(page)
  await mark()
  await page.keyboard.press(key ?? 'Enter')
  if (next) {
    await tabTo(desk, page.getByRole('dialog').getByRole('button', { name: next }))
    await page.keyboard.press('Enter')
  }
  await dialogNamed(dialog).waitFor()
}

const dialogNamed = (name: string | RegExp) =>
  desk.page.getByRole('dialog', { name }).or(desk.page.getByRole('alertdialog', { name }))

/** Remembers where the cursor is, to see whether it comes back. */
const mark = () =>
  desk.page.evaluate(() => {
    Object.assign(window, { before: document.activeElement })
  })
const isBack = () =>
  desk.page.evaluate(() => {
    const { before } = window as unknown as { before: Element }
    return before === document.activeElement || !before.isConnected
  })
const focusedText = () => desk.page.evaluate(() => document.activeElement?.textContent ?? '')
const isInside = () =>
  desk.page.evaluate(() => document.activeElement?.closest('[role="dialog"],[role="alertdialog"]') !== null)

test.each(ways)('$dialog can be read, worked and left by everybody', async way => {
  const { page } = desk
  await show(way.path)
  await open(way)
  await expect.poll(isInside).toBe(true)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await seriousOf(page), colorScheme).toEqual([])
  }
  await page.setViewportSize(narrow['at 200 % zoom'])
  await expect.poll(() => overflowOf(page)).toBeLessThanOrEqual(0)
  expect(await sidewaysOf(way.dialog), 'the dialog slides sideways').toBeLessThanOrEqual(0)
  await page.setViewportSize(desktop)
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press(step < 3 ? 'Tab' : 'Shift+Tab')
    expect(await isInside(), `${step} Tabs lead out`).toBe(true)
  }
  await page.keyboard.press('Escape')
  await dialogNamed(way.dialog).waitFor({ state: 'hidden' })
  if (way.next) {
    await expect.poll(() => focusedText()).toMatch(way.next)
    await page.keyboard.press('Escape')
  }
  await expect.poll(isBack, { message: 'the cursor is lost' }).toBe(true)
})

const sidewaysOf = (name: string | RegExp) =>
  dialogNamed(name).evaluate(dialog => {
    const body = dialog.querySelector('.cs-dialog-body') ?? dialog
    return body.scrollWidth - body.clientWidth
  })

test('none of them broke on the way', () => expectQuiet(desk))
