/** `npm start`: reads the configuration, brings the house up, prints where it is, and goes down cleanly when told. */
import { KeyRefusal } from './platform/auth/seal.ts'
import { ConfigError, readConfig } from './platform/config.ts'
import { DatabaseRefusal } from './platform/db/connection.ts'
import { createLog } from './platform/log.ts'
import { type Parts, startCurbstop } from './start.ts'

function partsFrom(args: readonly string[]): Parts {
  const known = new Set(['--http', '--jobs'])
  const unknown = args.filter(arg => !known.has(arg))
  if (unknown.length > 0)
    throw new ConfigError([`Unknown option ${unknown.join(' ')}. Known: --http, --jobs (both unless said).`])
  return {
    http: args.length === 0 || args.includes('--http'),
    jobs: args.length === 0 || args.includes('--jobs'),
  }
}

async function main(): Promise<void> {
  const parts = partsFrom(process.argv.slice(2))
  const config = readConfig(process.env)
  const log = createLog(process.stdout.isTTY && !process.env.LOG_LEVEL ? 'warn' : config.logLevel)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const started = performance.now()
  const running = await startCurbstop(config, log, say, parts)
  const { describeSignIns } = await import('../../tools/sample-district/first-start.ts')
  const signIns = await describeSignIns(running.pools.counter.db)
  say(
    [
      '',
      `Curbstop is ready after ${((performance.now() - started) / 1000).toFixed(1)} s.`,
      running.url && `  ${running.url}`,
      ...signIns,
      '',
    ]
      .filter(line => line !== '')
      .join('\n'),
  )

  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), 20_000).unref()
    void running.stop().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal))
  process.on('uncaughtException', err => {
    log.fatal({ err }, 'fault outside a request: stopping, so that a clean process takes over')
    stop('uncaughtException')
  })
  process.on('unhandledRejection', err => log.error({ err }, 'a promise was left without an answer'))
}

main().catch((error: unknown) => {
  const reason = reasonOf(error)
  process.stderr.write(
    reason ? `Curbstop cannot start.\n${reason}\n` : `Curbstop cannot start: ${(error as Error).stack}\n`,
  )
  process.exit(1)
})

/** What to do about it, where we know; null for a fault of ours. */
function reasonOf(error: unknown): string | null {
  if (error instanceof ConfigError) return error.problems.join('\n')
  if (error instanceof DatabaseRefusal || error instanceof KeyRefusal) return error.message
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return 'The port is in use. Stop the other program or choose another: PORT=8090 npm start'
  }
  if (code && ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code)) {
    return `The database of DATABASE_URL cannot be reached (${code}). Check its host, port and firewall, and whether it runs.`
  }
  return null
}
