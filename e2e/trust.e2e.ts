/**
 * What rests on trust between people: a protected customer who proves who they are by their passphrase, and a question
 * that a newcomer asks and a senior answers; both through the page, with the keyboard alone.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeOf } from '../tools/sample-district/chunk.ts'
import { accountNumberOf, idsOf } from '../tools/sample-district/ids.ts'
import { situations } from '../tools/sample-district/situations.ts'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import {
  contactPanel,
  type Desk,
  expectQuiet,
  openDesk,
  pressKey,
  push,
  signIn,
  startCall,
  tick,
  told,
  write,
} from './desk.ts'

const server = journeyServer()
const { account } = idsOf(placeOf(situations.findIndex(one => one.key === 'protected'))).occupant(0)
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Opened by the exact number, as the customer gives it: no other words find them. */
async function openHidden(login: string): Promise<Desk> {
  const desk = await openDesk(browser, server.url)
  await signIn(desk, login)
  await pressKey(desk, '/')
  await desk.page.keyboard.type(accountNumberOf(account), { delay: 15 })
  await desk.page.getByRole('option').first().waitFor()
  await desk.page.keyboard.press('Enter')
  await told(desk, 'Protected customer')
  await startCall(desk, '530 555 0133')
  return desk
}

const decisionOf = (desk: Desk) => contactPanel(desk).getByRole('status').filter({ hasText: 'proven' })

async function check(desk: Desk, said: { items?: readonly string[]; passphrase?: string }): Promise<void> {
  const panel = contactPanel(desk)
  for (const item of said.items ?? [])
    await tick(desk, panel.getByRole('checkbox', { name: `${item} matches` }))
  if (said.passphrase) await write(desk, panel.getByLabel('passphrase, as said'), said.passphrase)
  await push(desk, panel.getByRole('button', { name: 'Check' }))
}

describe('a protected customer calls', () => {
  test('without the passphrase nothing is said, not even that there is an account; with it they are served', async () => {
    const desk = await openHidden('mchen')
    await check(desk, { items: ['account number', 'name', 'last payment'] })
    await expect.poll(() => decisionOf(desk).innerText()).toMatch(/not proven.*What is the passphrase\?/s)
    const before = await decisionOf(desk).innerText()
    expect(before).not.toMatch(/May be told:[^.]*(balance|use|pay)/)
    await check(desk, { passphrase: 'lantern' })
    await expect.poll(() => decisionOf(desk).innerText()).toMatch(/^\s*proven/)
    expect(await decisionOf(desk).innerText()).toMatch(/May be told:[^.]*balance/)
    expect(await contactPanel(desk).innerText()).not.toContain('lantern')
    expectQuiet(desk)
    await desk.context.close()
  })

  test('a wrong passphrase opens nothing, and the advisor reads what to do: say nothing, refer', async () => {
    const desk = await openHidden('tomas')
    await check(desk, { items: ['account number', 'name', 'phone', 'last payment'], passphrase: 'lampion' })
    await expect.poll(() => decisionOf(desk).innerText()).toMatch(/not proven/)
    const says = await decisionOf(desk).innerText()
    expect(says).toMatch(/Say nothing, confirm nothing, and refer to a Senior/)
    expect(says).not.toMatch(/May be told:[^.]*(balance|use|pay)/)
    expectQuiet(desk)
    await desk.context.close()
  })
})

test('an Assistant asks, a Senior answers, and the Assistant sees the answer without touching a key', async () => {
  const question = 'May two leak credits be given in one year?'
  const asking = await openDesk(browser, server.url)
  await signIn(asking, 'ines')
  await pressKey(asking, 'g')
  await asking.page.keyboard.press('t')
  await asking.page.getByRole('complementary', { name: 'Whose work' }).waitFor()
  const senior = await openDesk(browser, server.url)
  await signIn(senior, 'ruth')
  await pressKey(senior, 'g')
  await senior.page.keyboard.press('t')
  await push(senior, senior.page.getByRole('button', { name: /^Ask a senior \d|^Questions/ }).first())
  await pressKey(asking, 'q')
  const dialog = asking.page.getByRole('dialog', { name: 'Ask a senior' })
  await write(asking, dialog.getByLabel(/question/i).first(), question)
  await asking.page.keyboard.press('ControlOrMeta+Enter')
  await dialog.waitFor({ state: 'hidden' })
  await push(senior, senior.page.getByRole('link', { name: question }).first())
  await senior.page.getByRole('heading', { level: 1, name: question }).waitFor()
  const path = new URL(senior.page.url()).pathname
  await asking.page.goto(`${server.url}${path}`)
  await asking.page.getByRole('heading', { level: 1, name: question }).waitFor()
  await pressKey(senior, 'a')
  const answer = senior.page.getByRole('dialog', { name: 'Answer the question' })
  await write(senior, answer.getByLabel(/^Answer/), 'Once in twelve months; refer the second one.')
  await senior.page.keyboard.press('ControlOrMeta+Enter')
  await told(senior, 'Answered. Ines Okafor sees it at once.')
  await told(asking, 'Once in twelve months; refer the second one.')
  for (const desk of [asking, senior]) {
    expectQuiet(desk)
    await desk.context.close()
  }
})
