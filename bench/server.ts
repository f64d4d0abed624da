/** The real server over the bench's own district, which is made once and kept between runs. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { samplePassword } from '../tools/sample-district/staff.ts'
import { type ServerProcess, startServer } from '../tools/testing/server.ts'
import type { Options } from './figure.ts'

export type BenchServer = ServerProcess & { readonly accounts: number; readonly cookie: string }

/** Under `.build` of the checkout, or under `BENCH_DIR` where the disk is larger. */
export function benchDataDir(accounts: number): string {
  const base = process.env.BENCH_DIR ?? join(fileURLToPath(new URL('..', import.meta.url)), '.build')
  const folder = join(base, `bench-${accounts}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A server that has just made its district still holds what that took, so it is started anew. */
export async function openBenchServer({ accounts }: Options): Promise<BenchServer> {
  const dataDir = benchDataDir(accounts)
  const isNew = !existsSync(join(dataDir, 'postgres'))
  const start = () =>
    startServer({ dataDir, accounts, patienceMillis: 3_600_000, env: { LOG_LEVEL: 'error' } })
  if (isNew) await (await start()).stop()
  const server = await start()
  return { ...server, accounts, cookie: await signIn(server.url) }
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/staff/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ login: 'mchen', password: samplePassword }),
  })
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`)
  return response.headers.getSetCookie()[0]!.split(';')[0]!
}
