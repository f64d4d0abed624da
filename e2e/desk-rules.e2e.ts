/**
 * What every page owes everybody: axe finds nothing serious in light and dark, nothing runs off the page at 200 % zoom
 * or on a phone; and what the district refuses, it refuses in a sentence.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeOf } from '../tools/sample-district/chunk.ts'
import { idsOf } from '../tools/sample-district/ids.ts'
import { situations } from '../tools/sample-district/situations.ts'
import { openBrowser } from '../tools/testing/browser.ts'
import { journeyServer } from '../tools/testing/journey-server.ts'
import { type Client, signedIn } from './client.ts'
import { type Desk, expectQuiet, openDesk, push, signIn, tabTo, told, write } from './desk.ts'
import { desktop, narrow, overflowOf, seriousOf } from './looks.ts'

const accountOf = (key: string): string =>
  String(idsOf(placeOf(situations.findIndex(s => s.key === key))).occupant(0).account)

const server = journeyServer()
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const leak = accountOf('toilet-leak')
const hidden = accountOf('protected')
const pages = [
  '/',
  `/accounts/${leak}`,
  `/accounts/${leak}/sheet`,
  `/accounts/${leak}/meters`,
  `/accounts/${leak}/customer`,
  `/accounts/${hidden}`,
  '/variances',
  `/accounts/${leak}/variances/new`,
  '/move',
  '/desk',
  '/desk/101',
  '/supervise',
  '/orders',
  '/policy',
  '/people',
  '/me',
  '/nothing-here',
]

async function show({ page }: Desk, path: string): Promise<void> {
  await page.goto(`${server.url}${path}`)
  await page.getByRole('combobox', { name: 'Search customers and accounts' }).waitFor()
  await expect.poll(() => page.getByRole('main').innerText()).toMatch(/\w{3,}/)
  await expect.poll(() => page.locator('.cs-skeleton').count()).toBe(0)
}

describe('every page', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(browser, server.url)
    await signIn(desk, 'dana')
  })
  afterAll(() => desk?.context.close())

  test.each(pages)(
    '%s can be read and worked by everybody: light, dark, at 200 % zoom, on a phone',
    async path => {
      const { page } = desk
      await show(desk, path)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await seriousOf(page), colorScheme).toEqual([])
      }
      for (const [where, viewport] of Object.entries(narrow)) {
        await page.setViewportSize(viewport)
        await expect.poll(() => overflowOf(page), { message: where }).toBeLessThanOrEqual(0)
        expect(await page.getByRole('main').innerText(), where).toMatch(/\w{3,}/)
      }
      await page.setViewportSize(desktop)
    },
  )

  test('none of them broke on the way', () => expectQuiet(desk))

  test('the examiner is awake: a picture without words is found', async () => {
    await desk.page.evaluate(() => document.querySelector('main')!.append(document.createElement('img')))
    expect((await seriousOf(desk.page)).join()).toContain('image-alt')
  })

  test('on a phone the account page still holds money, causes and timeline', async () => {
    await desk.page.setViewportSize(narrow['on a phone'])
    await show(desk, `/accounts/${leak}`)
    for (const words of ['Money now', 'What it looks like', 'Timeline'])
      await desk.page.getByRole('heading', { name: words }).first().waitFor({ state: 'attached' })
  })
})

describe('what is refused is refused in a sentence', () => {
  test('a read below the last one says what it may be, and keeps nothing', async () => {
    const desk = await openDesk(browser, server.url)
    await signIn(desk, 'mchen')
    await show(desk, `/accounts/${leak}/meters`)
    await write(desk, desk.page.getByLabel('All digits on the dial').first(), '17')
    await push(desk, desk.page.getByRole('button', { name: /Check it|Keep the read/ }).first())
    await told(desk, /17 is below the last read, [\d,]+ of/)
    await desk.context.close()
  })

  test.each(['ines', 'mchen'])(
    'a protected customer’s name and address never reach the browser of %s',
    async login => {
      const desk = await openDesk(browser, server.url)
      const heard: string[] = []
      desk.page.on('response', response => {
        if (response.url().includes('/api/'))
          response.text().then(
            text => heard.push(text),
            () => undefined,
          )
      })
      await signIn(desk, login)
      await show(desk, `/accounts/${hidden}`)
      await told(desk, 'Protected customer')
      await desk.page.keyboard.press('/')
      await desk.page.keyboard.type('mara delgado', { delay: 10 })
      await told(desk, /Nobody found/)
      for (const secret of ['Delgado', 'Heron Ct', '555-0190', '5305550190'])
        expect(heard.join('\n').includes(secret), secret).toBe(false)
      await desk.context.close()
    },
  )

  test('a question to a senior comes back answered', async () => {
    const asking: Client = await signedIn(() => server.url, 'ines')
    const { status, body } = await asking.post('/desk/questions', {
      question: 'May a leak credit be given twice in a year?',
      dueOn: new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date()),
    })
    expect(status).toBe(200)
    const desk = await openDesk(browser, server.url)
    await signIn(desk, 'ruth')
    await show(desk, `/desk/${body.taskId}`)
    await told(desk, 'May a leak credit be given twice in a year?')
    await push(desk, desk.page.getByRole('button', { name: /^Answer/ }).first())
    const dialog = desk.page.getByRole('dialog')
    await write(
      desk,
      dialog.getByLabel(/^Answer/),
      'Once in twelve months (LEAK policy); refer the second one.',
    )
    await push(desk, dialog.getByRole('button', { name: 'Send the answer' }))
    await told(desk, 'Answered. Ines Okafor sees it at once.')
    const again = await asking.get(`/desk/tasks/${body.taskId}`)
    expect(JSON.stringify(again.body)).toContain('Once in twelve months')
    expectQuiet(desk)
    await desk.context.close()
  })

  test('with the cursor on a tick or a choice the page’s keys still work', async () => {
    const desk = await openDesk(browser, server.url)
    await signIn(desk, 'mchen')
    await show(desk, '/people')
    await tabTo(desk, desk.page.getByRole('checkbox').first())
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('m')
    await tabTo(desk, desk.page.getByRole('radio', { name: 'Start', exact: true }))
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('t')
    await desk.page.getByRole('region', { name: 'Whose work' }).waitFor()
    await desk.context.close()
  })

  test('g m opens the page that starts service, and it says what is missing before anything is written', async () => {
    const desk = await openDesk(browser, server.url)
    await signIn(desk, 'mchen')
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('m')
    await desk.page.getByRole('heading', { level: 1, name: 'Start, stop or transfer service' }).waitFor()
    await told(desk, 'Choose the service address.')
    expectQuiet(desk)
    await desk.context.close()
  })
})
