import { expect, test } from 'vitest'
import { ConfigError, type Environment, readConfig } from './config.ts'

function problems(env: Environment): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('starts with nothing said: one port on loopback, metrics beside it, the embedded database', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', metricsPort: 8081, databaseUrl: null })
  expect(config.dataDir).toMatch(/\/\.data$/)
  expect(readConfig({ PORT: '', LOG_LEVEL: '  ' })).toEqual(config)
})

test('PORT=0 takes free ports, METRICS_PORT=off none', () => {
  expect(readConfig({ PORT: '0' })).toMatchObject({ port: 0, metricsPort: 0 })
  expect(readConfig({ METRICS_PORT: 'off' })).toMatchObject({
    metricsPort: null,
    metricsPortIsDefault: false,
  })
  expect(readConfig({ PORT: '65535' }).metricsPort).toBeNull()
})

test.each([
  ['PORT', 'eighty', "PORT is 'eighty', but must be a whole number from 0 to 65535, for example 8080."],
  ['PORT', '70000', 'PORT is'],
  ['PORT', '8080.5', 'PORT is'],
  ['HOST', 'my host', 'HOST is'],
  ['LOG_LEVEL', 'loud', 'one of trace, debug, info'],
  ['DISTRICT_TIME_ZONE', 'Mars/Olympus', 'no known time zone'],
  ['SAMPLE_ACCOUNTS', '-1', 'SAMPLE_ACCOUNTS is'],
  ['SMTP_URL', 'mail.example.org', 'not an address'],
  ['IMAP_URL', 'http://mail.example.org', 'must begin with imap:// or imaps://'],
  ['PUBLIC_URL', 'ftp://x', 'must begin with http:// or https://'],
  ['DATABASE_URL', 'mysql://x/y', 'must begin with postgres:// or postgresql://'],
  ['DATABASE_URL', 'postgres://db.example.org', 'names no database'],
  ['METRICS_PORT', '8080', 'the same as PORT'],
])('a wrong %s (%s) is refused with a sentence that says how to write it', (name, value, says) => {
  const found = problems({ [name]: value })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(says)
  expect(found[0]).toContain('for example')
})

test('all wrong values are told at once, and no password is repeated', () => {
  const found = problems({ PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@db/x', SMTP_URL: 'hunter2' })
  expect(found).toHaveLength(3)
  expect(found.join()).not.toContain('hunter2')
})
