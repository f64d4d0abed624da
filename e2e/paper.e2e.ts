/** What leaves the building: the usage sheet on paper and by mail, in the customer's language and nobody else's words. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeOf } from '../tools/sample-district/chunk.ts'
import { idsOf } from '../tools/sample-district/ids.ts'
import { situations } from '../tools/sample-district/situations.ts'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import { mailsIn } from '../tools/testing/mail-sink.ts'
import { choose, type Desk, expectQuiet, openDesk, push, signIn, tick, told } from './desk.ts'

const server = journeyServer()
const accountOf = (key: string): string =>
  String(idsOf(placeOf(situations.findIndex(one => one.key === key))).occupant(0).account)
const pool = accountOf('pool-fill')

let browser: Browser
let desk: Desk

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openDesk(browser, server.url)
  await signIn(desk, 'tomas')
  await desk.page.goto(`${server.url}/accounts/${pool}/sheet`)
  await desk.page.getByRole('heading', { level: 1, name: /sheet/i }).waitFor()
})
afterAll(() => browser?.close())

/** What stands on the paper: text and pictures that the print style leaves. */
const printed = () =>
  desk.page.evaluate(() => {
    const shown = (one: Element) => one.checkVisibility({ checkVisibilityCSS: true })
    const letter = document.querySelector<HTMLIFrameElement>('.wb-sheet-letter')
    const chrome = ['nav', 'header.cs-top', 'aside', 'button', '[role="search"], search']
    return {
      words: document.body.innerText,
      letter: letter?.contentDocument?.body.innerText ?? '',
      letterFits:
        letter !== null &&
        letter.clientHeight >=
          (letter.contentDocument?.documentElement.scrollHeight ?? Number.POSITIVE_INFINITY),
      bars: [...document.querySelectorAll('.wb-sheet svg rect, .wb-sheet svg path')].filter(shown).length,
      chrome: chrome.flatMap(what =>
        [...document.querySelectorAll(what)].filter(shown).map(one => one.outerHTML.slice(0, 80)),
      ),
    }
  })

describe('the usage sheet on paper', () => {
  test.each([
    { choice: 'English', graph: /Your water use per day/, letter: /Your bill for/ },
    { choice: 'Español', graph: /Su consumo de agua por día/, letter: /Su factura del/ },
  ])('shows graph and explanation in $choice, and nothing of the desk', async ({ choice, graph, letter }) => {
    await desk.page.emulateMedia({ media: 'screen' })
    await choose(desk, 'Language', choice)
    await expect.poll(async () => (await printed()).letter).toMatch(letter)
    await desk.page.emulateMedia({ media: 'print' })
    const sheet = await printed()
    expect(sheet.words).toMatch(graph)
    expect(sheet.bars).toBeGreaterThan(20)
    expect(sheet.chrome).toEqual([])
    expect(sheet.letterFits).toBe(true)
    const paper = await desk.page.pdf({ format: 'Letter' })
    expect(pagesOf(paper)).toBeLessThanOrEqual(2)
    await desk.page.emulateMedia({ media: 'screen' })
  })

  const pagesOf = (paper: Buffer): number => paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
})

describe('the usage sheet by mail', () => {
  test('reaches the customer’s mailbox in Spanish, graph and explanation, once each', async () => {
    await choose(desk, 'Language', 'Español')
    await tick(desk, desk.page.getByRole('checkbox', { name: /explanation/i }))
    await push(desk, desk.page.getByRole('button', { name: 'Send', exact: true }))
    await told(desk, '2 messages are on their way.')
    const mine = () =>
      mailsIn(server.mailFolder).filter(
        mail => mail.to.includes('janelle.hughes@example.com') && /factura|agua/i.test(mail.head),
      )
    await expect.poll(() => mine().length).toBe(2)
    const [graph, explanation] = mine()
    expect(graph!.text + explanation!.text).toMatch(/galones|CCF/)
    expectQuiet(desk)
  })
})
