#!/usr/bin/env node
/**
 * The `curbstop` command. Exit code 0 only on success; `--json` prints one JSON line instead of sentences. With a
 * server running on the data folder it works beside it; otherwise it brings the database up for as long as it needs.
 */
import { DomainError } from '@curbstop/kernel/errors'
import { ConfigError } from '../platform/config.ts'
import { DatabaseRefusal } from '../platform/db/connection.ts'
import { auditCommand } from './audit.ts'
import { importCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { ratesCommand } from './rates.ts'
import { seedCommand } from './seed.ts'
import { verifyCommand } from './verify.ts'

const commands: Readonly<Record<string, { says: string; run: (args: string[]) => Promise<number> }>> = {
  migrate: { says: 'bring the database to this version', run: migrateCommand },
  seed: { says: 'make the sample district in an empty database (--accounts N, --seed N)', run: seedCommand },
  import: { says: 'load a usage file into an empty district and bill it', run: importCommand },
  rates: {
    says: 'check FILE… | evaluate (JSON lines from standard input)',
    run: args => ratesCommand(args, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }),
  },
  verify: { says: 'recompute every invariant, read-only, and say what is wrong', run: verifyCommand },
  audit: { says: 'verify: recompute the seals of the audit trail', run: auditCommand },
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

function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n')
  if (error instanceof DomainError || error instanceof DatabaseRefusal) return error.message
  return (error as Error).stack ?? String(error)
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const message = sentenceOf(error)
    process.stderr.write(
      process.argv.includes('--json') ? `${JSON.stringify({ error: message })}\n` : `${message}\n`,
    )
    process.exitCode = 1
  },
)
