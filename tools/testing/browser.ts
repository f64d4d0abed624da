/** A real Chromium: the one on the machine, or one that is installed now (Debian's package, else Playwright's own). */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../..', import.meta.url))
const usual = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function installed(): string | undefined {
  const own = chromium.executablePath()
  return [...usual, own].find((path): path is string => Boolean(path) && existsSync(path!))
}

/** Path of a Chromium; installs one when there is none. Takes a few minutes the first time. */
export function findChromium(): string {
  const found = installed()
  if (found) return found
  console.log('No Chromium found: installing one …')
  if (existsSync('/usr/bin/apt-get')) {
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
    run([...sudo, 'apt-get', 'update', '-qq'])
    run([...sudo, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  }
  if (!installed())
    run([process.execPath, join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'])
  const path = installed()
  if (!path)
    throw new Error('Chromium is missing and could not be installed. Install it, or set CHROME_PATH.')
  return path
}

function run([command, ...args]: string[]): void {
  spawnSync(command!, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })
}
