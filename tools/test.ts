/**
 * `npm test`: types, lint, tidy and unit tests, database tests, browser journeys, in this order, and one closing line.
 * `--only types,lint,unit,database,e2e` narrows it. A part that dies without a count counts as one failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
type Count = { passed: number; failed: number; skipped: number }

function run(command: string, args: string[]): number {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  return status ?? 1
}

function check(name: string, command: string, args: string[]): Count {
  console.log(`\n▸ ${name}`)
  const ok = run(command, args) === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

function tests(project: string): Count {
  console.log(`\n▸ ${project} tests`)
  const folder = join(root, '.build')
  mkdirSync(folder, { recursive: true })
  const report = join(folder, `vitest-${project}.json`)
  rmSync(report, { force: true })
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const status = run(bin('vitest'), args)
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const seen = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
  const failed = Math.max(seen.numFailedTests ?? 0, status === 0 ? 0 : 1)
  return {
    passed: seen.numPassedTests ?? 0,
    failed,
    skipped: (seen.numPendingTests ?? 0) + (seen.numTodoTests ?? 0),
  }
}

const parts: Readonly<Record<string, () => Count>> = {
  types: () => check('types', bin('tsc'), ['--noEmit', '-p', '.']),
  lint: () => check('lint', bin('biome'), ['ci', '--error-on-warnings', '.']),
  unit: () => tests('unit'),
  database: () => tests('database'),
  e2e: () => tests('e2e'),
}

function chosen(): string[] {
  const at = process.argv.indexOf('--only')
  if (at < 0) return Object.keys(parts)
  const names = (process.argv[at + 1] ?? '').split(',').filter(name => name !== 'tidy') // tidy is a unit test
  const unknown = names.filter(name => !parts[name])
  if (unknown.length > 0 || names.length === 0) {
    console.error(`--only takes some of: ${Object.keys(parts).join(', ')}`)
    process.exit(2)
  }
  return names
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }
for (const name of chosen()) {
  const count = parts[name]!()
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
}
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
