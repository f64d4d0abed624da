#!/usr/bin/env -S node --max-semi-space-size=8
/**
 * The `curbstop` command. Exit code 0 only on success; `--json` prints one JSON line instead of sentences. With a
 * server running on the data folder it works beside it; otherwise it brings the database up for as long as it needs.
 */
import { DomainError } from '@curbstop/kernel/errors'

/** Each is loaded when it is called: looking at a file needs no database in memory. */
const commands: Readonly<Record<string, { says: string; run: (args: string[]) => Promise<number> }>> = {
  migrate: {
    says: 'bring the database to this version',
    run: async args => (await import('./migrate.ts')).migrateCommand(args),
  },
  seed: {
    says: 'make the sample district in an empty database (--accounts N, --seed N)',
    run: async args => (await import('./seed.ts')).seedCommand(args),
  },
  import: {
    says: 'load a usage file into an empty district and bill it',
    run: async args => (await import('./import.ts')).importCommand(args),
  },
  inspect: {
    says: 'what a file of meter reads holds, without a database (--format F FILE)',
    run: async args => {
      ;(await import('./small-heap.ts')).beginSmall()
      return (await import('./inspect.ts')).inspectCommand(args, process)
    },
  },
  rates: {
    says: 'check FILE… | evaluate (JSON lines from standard input)',
    run: async args => (await import('./rates.ts')).ratesCommand(args, process),
  },
  verify: {
    says: 'recompute every invariant, read-only, and say what is wrong',
    run: async args => (await import('./verify.ts')).verifyCommand(args),
  },
  audit: {
    says: 'verify: recompute the seals of the audit trail',
    run: async args => (await import('./audit.ts')).auditCommand(args),
  },
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map(name => name.length))
  const lines = Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(width)}  ${says}`)
  return ['Usage: npx curbstop COMMAND [options]', '', ...lines, ''].join('\n')
}

async function main([name, ...args]: string[]): Promise<number> {
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help())
    return name ? 0 : 2
  }
  const command = commands[name]
  if (!command) {
    process.stderr.write(`There is no command '${name}'.\n\n${help()}`)
    return 2
  }
  return command.run(args)
}

async function sentenceOf(error: unknown): Promise<string> {
  const { ConfigError } = await import('../platform/config.ts')
  const { DatabaseRefusal } = await import('../platform/db/connection.ts')
  if (error instanceof ConfigError) return error.problems.join('\n')
  if (error instanceof DomainError || error instanceof DatabaseRefusal) return error.message
  return (error as Error).stack ?? String(error)
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  async (error: unknown) => {
    const message = await sentenceOf(error)
    process.stderr.write(
      process.argv.includes('--json') ? `${JSON.stringify({ error: message })}\n` : `${message}\n`,
    )
    process.exitCode = 1
  },
)
