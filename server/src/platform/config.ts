/**
 * The configuration, read once and checked whole: a wrong value stops the start with a sentence naming the variable,
 * what is wrong and an example, and all wrong ones are told at once. Secrets in addresses are never repeated.
 */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export type LogLevel = (typeof logLevels)[number]

export type Config = {
  /** 0: any free port, written to DATA_DIR/runtime.json. */
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** An outside PostgreSQL 15 or newer; null: the embedded one in DATA_DIR. */
  readonly databaseUrl: string | null
  readonly smtpUrl: string | null
  readonly imapUrl: string | null
  /** Always on loopback. Null: no metrics; 0: any free port. */
  readonly metricsPort: number | null
  /** True when nobody asked for this port: the next free one will do when it is taken. */
  readonly metricsPortIsDefault: boolean
  readonly logLevel: LogLevel
  /** How people reach us, when a proxy stands before us; null: http://host:port. Other names are refused. */
  readonly publicUrl: string | null
  /** The wall clock of the district; business dates are read from it. */
  readonly timeZone: string
  readonly sample: {
    /** Accounts of the sample district made on the first start; 0 leaves the district empty. */
    readonly accounts: number
    readonly seed: number
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Every problem of the configuration, one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const repository = fileURLToPath(new URL('../../../', import.meta.url))

export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const read = reader(env, problems)
  const port = read.integer('PORT', { least: 0, most: 65_535, example: '8080' }) ?? 8080
  const metrics = readMetricsPort(env, read)
  const config: Config = {
    port,
    host: read.pattern('HOST', hostPattern, '127.0.0.1, ::1 or 0.0.0.0') ?? '127.0.0.1',
    dataDir: resolve(repository, read.text('DATA_DIR') ?? '.data'),
    databaseUrl: read.url(
      'DATABASE_URL',
      databaseSchemes,
      'postgres://curbstop:secret@db.example.org:5432/curbstop',
    ),
    smtpUrl: read.url('SMTP_URL', ['smtp:', 'smtps:'], 'smtp://mailer:secret@mail.example.org:587'),
    imapUrl: read.url('IMAP_URL', ['imap:', 'imaps:'], 'imaps://service:secret@mail.example.org:993'),
    metricsPort: metrics === undefined ? nextTo(port) : metrics,
    metricsPortIsDefault: metrics === undefined,
    logLevel: read.oneOf('LOG_LEVEL', logLevels) ?? 'info',
    publicUrl: read.url('PUBLIC_URL', ['http:', 'https:'], 'https://desk.example.org'),
    timeZone: read.timeZone('DISTRICT_TIME_ZONE') ?? 'America/Los_Angeles',
    sample: {
      accounts: read.integer('SAMPLE_ACCOUNTS', { least: 0, most: 1_000_000, example: '5000' }) ?? 5_000,
      seed: read.integer('SAMPLE_SEED', { least: 0, most: 2_147_483_647, example: '1' }) ?? 1,
    },
  }
  if (config.databaseUrl && new URL(config.databaseUrl).pathname.length < 2) {
    problems.push(
      'DATABASE_URL names no database: put its name at the end, for example postgres://db.example.org/curbstop.',
    )
  }
  if (config.metricsPort !== 0 && config.metricsPort === config.port) {
    problems.push(
      `METRICS_PORT is ${config.port}, the same as PORT: metrics are private and need a port of their own, for ` +
        `example ${config.port + 1}.`,
    )
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

const databaseSchemes = ['postgres:', 'postgresql:']
const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|[0-9a-fA-F:.]{2,45})$/

/** Undefined: not said. */
function readMetricsPort(env: Environment, read: Reader): number | null | undefined {
  if (env.METRICS_PORT?.trim().toLowerCase() === 'off') return null
  return read.integer('METRICS_PORT', { least: 0, most: 65_535, example: '8081, or off' })
}

/** Metrics stand beside the server unless somebody says otherwise; PORT=0 means any free port for both. */
const nextTo = (port: number): number | null => (port === 0 ? 0 : port < 65_535 ? port + 1 : null)

type Reader = ReturnType<typeof reader>

function reader(env: Environment, problems: string[]) {
  const text = (name: string): string | undefined => env[name]?.trim() || undefined
  const wrong = (name: string, reason: string, example: string): undefined => {
    problems.push(`${name} ${reason}, for example ${example}.`)
    return undefined
  }
  return {
    text,
    integer(name: string, limits: { least: number; most: number; example: string }): number | undefined {
      const value = text(name)
      if (value === undefined) return undefined
      const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
      if (number >= limits.least && number <= limits.most) return number
      const range = `a whole number from ${limits.least} to ${limits.most}`
      return wrong(name, `is ${shown(value)}, but must be ${range}`, limits.example)
    },
    pattern(name: string, pattern: RegExp, example: string): string | undefined {
      const value = text(name)
      if (value === undefined || pattern.test(value)) return value
      return wrong(name, `is ${shown(value)}, but must be a host name or address`, example)
    },
    oneOf<const T extends string>(name: string, allowed: readonly T[]): T | undefined {
      const value = text(name)?.toLowerCase()
      if (value === undefined) return undefined
      const found = allowed.find(one => one === value)
      return found ?? wrong(name, `is ${shown(value)}, but must be one of ${allowed.join(', ')}`, allowed[2]!)
    },
    /** Never repeats the value: it may hold a password. */
    url(name: string, schemes: readonly string[], example: string): string | null {
      const value = text(name)
      if (value === undefined) return null
      const begins = schemes.map(scheme => `${scheme}//`).join(' or ')
      if (!URL.canParse(value)) {
        return (
          wrong(
            name,
            `is not an address (special characters of a password must be written as %40)`,
            example,
          ) ?? null
        )
      }
      if (!schemes.includes(new URL(value).protocol)) {
        return wrong(name, `must begin with ${begins}`, example) ?? null
      }
      return value
    },
    timeZone(name: string): string | undefined {
      const value = text(name)
      if (value === undefined) return undefined
      try {
        new Intl.DateTimeFormat('en', { timeZone: value })
        return value
      } catch {
        return wrong(name, `is ${shown(value)}, which is no known time zone`, 'America/Los_Angeles')
      }
    },
  }
}

/** Short enough for a terminal, without control characters. */
const shown = (value: string): string => `'${value.slice(0, 40).replace(/\p{C}/gu, '?')}'`
