/** What axe and the eye find wrong with a page as it stands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const axe = readFileSync(
  join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules/axe-core/axe.min.js'),
  'utf8',
)

type Finding = { id: string; impact: string; nodes: { target: string[]; html: string }[] }

export async function seriousOf(page: Page): Promise<string[]> {
  const findings = await page.evaluate(async source => {
    const scope = window as unknown as { axe?: { run(what: unknown, how: unknown): Promise<unknown> } }
    // As text through the tools of the browser: the page's own policy forbids foreign scripts, and shall.
    if (!scope.axe) new Function(source).call(window)
    const { violations } = (await scope.axe!.run(document, { resultTypes: ['violations'] })) as {
      violations: Finding[]
    }
    return violations
  }, axe)
  return (findings as Finding[])
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}): ${nodes[0]?.target.join(' ')} ${nodes[0]?.html.slice(0, 140)}`,
    )
}

/** One thing more than fits makes the whole page slide sideways, and half of it is lost to the eye. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

export const desktop = { width: 1440, height: 900 }
export const narrow = {
  'at 200 % zoom': { width: 720, height: 450 },
  'on a phone': { width: 390, height: 844 },
}
