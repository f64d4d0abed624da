/** The house rules as one test. Every fault names the file, the rule, and the way out. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { moduleOrder } from '../server/src/app.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const ladder = ['domain', 'contract', 'store', 'commands', 'queries', 'gateways', 'jobs', 'routes', 'index']
// commands and queries stand on one step: a command may read, a query never writes (its transaction is read-only)
const step = (name: string) => ladder.indexOf(name === 'queries' ? 'commands' : name)
const pure = ['domain', 'contract']
const purePackages =
  /^(@curbstop\/kernel\/|zod$|decimal\.js$|yaml$|saxes$|libphonenumber-js|i18next$|otpauth$)/
const emptyWords = /(^|[-/])(utils?|helpers?|common|manager|service|misc)(\.|\/|$)/
const linesMax = 300

type Place = { module: string; file: string }

function place(path: string): Place | null {
  const match = /^server\/src\/modules\/([^/]+)\/([^/.]+)/.exec(path)
  return match ? { module: match[1]!, file: match[2]! } : null
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?<!['"])(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(m => m[1]!)
}

const resolve = (from: string, target: string) =>
  target.startsWith('.') ? relative(root, join(root, dirname(from), target)) : null

function faultsOf(path: string, text: string): string[] {
  const found: string[] = []
  const fault = (why: string) => found.push(`${path}: ${why}`)
  const isTest = /\.(test|e2e)\.tsx?$/.test(path)
  const lines = text.split('\n').length
  if (!isTest && lines > linesMax)
    fault(`${lines} lines, over ${linesMax}: make it a folder of the same name, one verb a file`)
  if (isTest && lines > linesMax * 2) fault(`${lines} lines, over ${linesMax * 2}: split it by subject`)
  if (emptyWords.test(path)) fault('a name that says nothing; name what it holds')
  if (/\bexport default\b/.test(text) && !/config\.ts$/.test(path)) fault('a default export; name it')
  if (isTest && /\b(test|it|describe)\.(only|skip|todo)\(/.test(text))
    fault('a skipped test is a promise not kept')
  for (const target of importsOf(text)) {
    const to = resolve(path, target)
    for (const why of wrongImports(path, target, to, isTest)) fault(why)
  }
  return found
}

function wrongImports(path: string, target: string, to: string | null, isTest: boolean): string[] {
  const here = place(path)
  const there = to ? place(to) : null
  const isPlatform = path.startsWith('server/src/platform/')
  if (isPlatform && there && !isTest) return [`the platform must not know the module '${there.module}'`]
  if (
    /^(ui|workbench)\//.test(path) &&
    (to?.startsWith('server/') || /^@curbstop\/server\/(?!contract\/staff$)/.test(target))
  ) {
    return ['the web asks the server through @curbstop/server/contract/staff only']
  }
  if (path.startsWith('ui/') && target.startsWith('@curbstop/server')) return ['ui knows no domain word']
  if (!here || isTest) return []
  return here && there ? wrongInside(here, there, target) : wrongOutside(here, target, to)
}

function wrongInside(here: Place, there: Place, target: string): string[] {
  const purePair = pure.includes(here.file) && pure.includes(there.file)
  if (here.module !== there.module) {
    const order = (module: string) => moduleOrder.indexOf(module as never)
    if (order(there.module) > order(here.module))
      return [`${here.module} stands below ${there.module}; tell an event instead`]
    const open = there.file === 'index' || pure.includes(there.file)
    return open ? [] : [`reaches into ${there.module}/${there.file}; ask ${there.module}/index.ts`]
  }
  if (there.file === here.file || purePair) return []
  if (step(there.file) > step(here.file))
    return [`${here.file} must not ask ${there.file} (${target}): see the ladder`]
  return []
}

function wrongOutside(here: Place, target: string, to: string | null): string[] {
  const copies = here.file === 'store' && target.endsWith('platform/db/copy.ts') // COPY runs on the transaction itself
  if (target === 'pg' || (target.includes('platform/db/') && !copies))
    return ['a module gets its transaction from ctx.tx, never a pool']
  if (!pure.includes(here.file)) return []
  if (to === null && !purePackages.test(target))
    return [`${here.file} is pure; it may not import '${target}'`]
  if (to?.startsWith('server/src/platform/')) {
    return /(context|module)\.ts$/.test(to) ? [] : [`${here.file} is pure; the platform is not (${target})`]
  }
  return []
}

const moduleMess = (path: string, text: string) =>
  /^server\/src\/modules\//.test(path) &&
  !/\.test\.ts$/.test(path) &&
  /\bnew Date\(\s*\)|\bDate\.now\(/.test(text)
    ? [`${path}: reads the clock; the time is ctx.now and ctx.today`]
    : []

function walk(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap(name => {
    if (name === 'node_modules' || name === 'dist' || name.startsWith('.')) return []
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [relative(root, path)]
  })
}

test('the house is tidy: sizes, names, directions', () => {
  const folders = ['kernel', 'server', 'ui', 'workbench', 'tools', 'bench', 'e2e']
  const files = folders.flatMap(folder => walk(join(root, folder))).filter(path => /\.tsx?$/.test(path))
  expect(files.length).toBeGreaterThan(20)
  const found = files.flatMap(path => {
    const text = readFileSync(join(root, path), 'utf8')
    return [...faultsOf(path, text), ...moduleMess(path, text)]
  })
  expect(found).toEqual([])
})

test('the tidy test sees what it must see', () => {
  const see = (path: string, text: string) => faultsOf(path, text).join('\n')
  expect(see('server/src/modules/ledger/commands.ts', "import { a } from '../payments/index.ts'")).toMatch(
    /stands below payments/,
  )
  expect(see('server/src/modules/payments/commands.ts', "import { a } from '../ledger/store.ts'")).toMatch(
    /reaches into/,
  )
  expect(see('server/src/modules/ledger/store.ts', "import { a } from './commands.ts'")).toMatch(
    /must not ask commands/,
  )
  expect(see('server/src/modules/ledger/domain.ts', "import { a } from 'kysely'")).toMatch(/is pure/)
  expect(
    see('server/src/modules/ledger/domain.ts', "import { a } from '../../platform/http/door.ts'"),
  ).toMatch(/is pure/)
  expect(see('server/src/platform/http/x.ts', "import { a } from '../../modules/ledger/index.ts'")).toMatch(
    /must not know/,
  )
  expect(see('workbench/src/x.ts', "import { a } from '@curbstop/server/src/app'")).toMatch(/contract/)
  expect(see('kernel/src/utils.ts', '')).toMatch(/says nothing/)
  expect(see('kernel/src/long.ts', '\n'.repeat(301))).toMatch(/over 300/)
})
