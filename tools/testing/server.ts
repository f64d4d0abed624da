/** The real server as a process of its own, on a data folder of its own: for journeys, crash tests and the bench. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readRuntime } from '../../server/src/platform/runtime-file.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type ServerProcess = {
  readonly url: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** What it wrote, newest last. */
  output(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

export type ServerOptions = {
  readonly dataDir?: string
  readonly accounts?: number
  readonly seed?: number
  readonly env?: Readonly<Record<string, string>>
  readonly patienceMillis?: number
}

export function temporaryDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'curbstop-'))
}

/** As in package.json: on a large machine short-lived objects would otherwise be given 130 MB to lie in. */
const asNpmStart = ['--max-semi-space-size=16']

/** Starts it and waits until it is ready. The caller stops it; a given data folder is kept. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? temporaryDataDir()
  const child = spawn(process.execPath, [...asNpmStart, join(root, 'server', 'src', 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'warn',
      SAMPLE_ACCOUNTS: String(options.accounts ?? 120),
      SAMPLE_SEED: String(options.seed ?? 1),
      ...options.env,
    },
  })
  let written = ''
  const keep = (chunk: Buffer) => {
    written = (written + chunk.toString('utf8')).slice(-40_000)
  }
  child.stdout!.on('data', keep)
  child.stderr!.on('data', keep)
  const url = await waitUntilReady(child, dataDir, options.patienceMillis ?? 120_000, () => written)
  return {
    url,
    dataDir,
    process: child,
    output: () => written,
    stop: async (signal = 'SIGTERM') => {
      await stopProcess(child, signal)
      if (!options.dataDir && signal === 'SIGTERM') rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function waitUntilReady(
  child: ChildProcess,
  dataDir: string,
  patience: number,
  output: () => string,
): Promise<string> {
  const deadline = performance.now() + patience
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`)
    const runtime = readRuntime(dataDir)
    if (runtime && runtime.serverPid === child.pid && runtime.port) {
      const url = `http://localhost:${runtime.port}`
      if (await isReady(url)) return url
    }
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(`the server was not ready after ${patience} ms:\n${output()}`)
}

export async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    response => response.ok,
    () => false,
  )
}

async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>(done => child.once('exit', () => done()))
  child.kill(signal)
  const patience = sleep(25_000, undefined, { ref: false }) // a finished run does not wait for it
  await Promise.race([ended, patience.then(() => void child.kill('SIGKILL'))])
}

/** Lines of a data folder's file, for tests that look behind the curtain. */
export const readDataFile = (dataDir: string, name: string): string =>
  readFileSync(join(dataDir, name), 'utf8')
