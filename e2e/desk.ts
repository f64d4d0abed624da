/**
 * How a person at the desk does things, by role and label as a screen reader finds them: the only place of the
 * journeys that knows the workbench. Everything here works without a mouse.
 */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { samplePassword } from '../tools/sample-district/staff.ts'

export type Desk = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained of: errors of scripts, refused content, answers of 500. */
  readonly complaints: string[]
}

const patience = 8_000

export async function openDesk(browser: Browser, url: string, options: DeskOptions = {}): Promise<Desk> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    timezoneId: 'America/Los_Angeles',
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', said => {
    const isSignIn = /40[0-9]|422/.test(said.text()) && said.text().startsWith('Failed to load')
    if (said.type() === 'error' && !isSignIn) complaints.push(said.text())
  })
  page.on('response', response => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
  })
  await page.goto(url)
  return { page, context, complaints }
}

export type DeskOptions = {
  readonly viewport?: { width: number; height: number }
  readonly colorScheme?: 'light' | 'dark'
}

/** The cursor stands in the login field when the page opens. */
export async function signIn({ page }: Desk, login: string): Promise<void> {
  await page.getByLabel('Login').waitFor()
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(samplePassword)
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Search customers and accounts' }).waitFor()
}

/** `/`, words, Enter on the first answer. */
export async function find({ page }: Desk, words: string, expected: string): Promise<void> {
  await leaveField(page)
  await page.keyboard.press('/')
  await page.keyboard.type(words, { delay: 15 })
  const hit = page.getByRole('option').filter({ hasText: expected }).first()
  await hit.waitFor()
  for (let step = 0; step < 8 && (await hit.getAttribute('aria-selected')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: expected }).waitFor()
}

/** Single keys are off while the cursor stands in a field: Tab leads out of it, as it does for everybody. */
export async function leaveField(page: Page, most = 12): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    if (!(await takesLetters(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${most} Tabs do not lead out of the fields`)
}

const takesLetters = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at) return false
    if (at instanceof HTMLInputElement) return !['checkbox', 'radio'].includes(at.type)
    return at.matches('textarea, select, [role="combobox"], [contenteditable]')
  })

/** A single key of the page, as the key sheet lists it. */
export async function pressKey({ page }: Desk, key: string): Promise<void> {
  await leaveField(page)
  await page.keyboard.press(key)
}

const isFocused = (target: Locator) =>
  target.evaluate(element => element === document.activeElement || element.contains(document.activeElement))

/** Tab after Tab until the cursor is there; a thing that cannot be reached so is lost to people without a mouse. */
export async function tabTo({ page }: Desk, target: Locator, most = 90): Promise<void> {
  await target.first().waitFor()
  for (let step = 0; step < most; step += 1) {
    if (await isFocused(target.first())) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached with ${most} Tabs: ${target}`)
}

export async function push(desk: Desk, target: Locator): Promise<void> {
  await tabTo(desk, target)
  await desk.page.keyboard.press('Enter')
}

export async function tick(desk: Desk, target: Locator): Promise<void> {
  await tabTo(desk, target)
  await desk.page.keyboard.press('Space')
}

export async function write(desk: Desk, target: Locator, words: string): Promise<void> {
  await tabTo(desk, target)
  await desk.page.keyboard.press('ControlOrMeta+a')
  await desk.page.keyboard.type(words)
}

/** One of a few, side by side: Tab to the group, arrows to the one. */
export async function choose(desk: Desk, group: string, name: string): Promise<void> {
  const radios = desk.page.getByRole('radiogroup', { name: group })
  const wanted = radios.getByRole('radio', { name, exact: true })
  await tabTo(desk, radios)
  for (let step = 0; step < 8 && !(await wanted.isChecked()); step += 1)
    await desk.page.keyboard.press('ArrowRight')
  expect(await wanted.isChecked(), name).toBe(true)
}

/** A field with suggestions: letters, the arrow to the one that fits, Enter. */
export async function pick(desk: Desk, field: Locator, words: string): Promise<void> {
  await write(desk, field, words)
  const wanted = desk.page.getByRole('option', { name: words }).first()
  await wanted.waitFor()
  for (let step = 0; step < 12 && (await wanted.getAttribute('aria-selected')) !== 'true'; step += 1)
    await desk.page.keyboard.press('ArrowDown')
  await desk.page.keyboard.press('Enter')
}

/** A deed of the palette, by its words. */
export async function command(desk: Desk, words: string): Promise<void> {
  await desk.page.keyboard.press('ControlOrMeta+k')
  const palette = desk.page.getByRole('dialog', { name: 'Commands' })
  await palette.waitFor()
  await desk.page.keyboard.type(words)
  await desk.page.keyboard.press('Enter')
  await palette.waitFor({ state: 'hidden' })
}

/** The sentence that says it is done. */
export async function told(desk: Desk, words: RegExp | string): Promise<void> {
  await desk.page.getByText(words).first().waitFor()
}

export const contactPanel = (desk: Desk): Locator => desk.page.getByRole('region', { name: 'This contact' })
export const causesPanel = (desk: Desk): Locator =>
  desk.page.getByRole('region', { name: 'What it looks like' })
export const whyChart = (desk: Desk): Locator => desk.page.getByRole('figure', { name: /^Why is it \$/ })

/** `c`, the number they call from, Enter. */
export async function startCall(desk: Desk, phone: string): Promise<void> {
  await pressKey(desk, 'c')
  await desk.page.waitForFunction(() => document.activeElement?.matches('input, button'))
  await tabTo(desk, contactPanel(desk).getByLabel('Number they call from'))
  await desk.page.keyboard.type(phone)
  await desk.page.keyboard.press('Enter')
  await contactPanel(desk).getByLabel('Note').waitFor()
}

/** What the caller said that matches the record. */
export async function proveCaller(desk: Desk, items: readonly string[]): Promise<Locator> {
  const panel = contactPanel(desk)
  for (const item of items) await tick(desk, panel.getByRole('checkbox', { name: `${item} matches` }))
  await push(desk, panel.getByRole('button', { name: 'Check' }))
  const decision = panel.getByRole('status').filter({ hasText: 'May be told' })
  await decision.waitFor()
  return decision
}

/** No complaint of the browser: a page that looks right and throws is not right. */
export function expectQuiet({ complaints }: Desk): void {
  expect(complaints).toEqual([])
}
