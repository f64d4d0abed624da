/** Builds the workbench when its sources changed since the last build; a later start serves what is there. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'workbench', 'dist')
const stamp = join(dist, '.built-from')

export async function ensureWorkbench(say: (line: string) => void): Promise<string> {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return dist
  say('Building the workbench …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [vite, 'build', 'workbench', '--logLevel', 'warn'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`the workbench does not build:\n${stdout}\n${stderr}`)
  writeFileSync(stamp, wanted)
  return dist
}

/** Contracts and kernel are compiled in, so the whole source counts; the lock file stands for the libraries. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const add = (path: string) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (!/^(node_modules|dist)$/.test(name)) add(join(path, name))
    } else if (/\.(tsx?|css|html|json|svg|woff2)$/.test(path) && !/\.test\.tsx?$/.test(path)) {
      hash.update(path.slice(root.length)).update(readFileSync(path))
    }
  }
  for (const part of ['kernel', 'server/src', 'ui', 'workbench', 'package-lock.json']) add(join(root, part))
  return hash.digest('hex')
}
