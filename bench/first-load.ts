/** A signed-in person opens the workbench in a cold Chromium: compressed script, and the time until `/` takes a key. */
import { openBrowser } from '../tools/testing/browser.ts'
import { type Figure, percentile } from './figure.ts'
import type { BenchServer } from './server.ts'

const loads = 5

export async function benchFirstLoad(server: BenchServer): Promise<Figure[]> {
  const browser = await openBrowser()
  const [name, value] = server.cookie.split('=') as [string, string]
  try {
    const times: number[] = []
    let scriptKb = 0
    for (let i = 0; i < loads; i += 1) {
      const context = await browser.newContext()
      await context.addCookies([{ name, value, url: server.url.replace('http:', 'https:'), secure: true }])
      const page = await context.newPage()
      const sizes: Promise<number>[] = []
      page.on('response', response => {
        if (response.url().endsWith('.js'))
          sizes.push(
            response
              .request()
              .sizes()
              .then(size => size.responseBodySize),
          )
      })
      const started = performance.now()
      await page.goto(server.url, { waitUntil: 'commit' })
      await page.getByRole('combobox').fill('r')
      times.push(performance.now() - started)
      await page.waitForLoadState('load')
      scriptKb = Math.max(scriptKb, (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000)
      await context.close()
    }
    return [
      {
        name: 'first-load',
        value: percentile(times, 0.5),
        unit: 'ms to interactive',
        baseline: null,
        ratio: null,
      },
      { name: 'first-load.script', value: scriptKb, unit: 'kB compressed', baseline: null, ratio: null },
    ]
  } finally {
    await browser.close()
  }
}
