import { expect, test } from 'vitest'
import { createLog, type Log, scrub } from './log.ts'

function written(work: (log: Log) => void): string {
  let text = ''
  work(
    createLog('trace', {
      write: line => {
        text += line
      },
    }),
  )
  return text
}

test('a private fact stays out of the log wherever a caller puts it', () => {
  const canary = 'Zanzibar Quimby'
  const text = written(log => {
    log.info({ who: canary, customer: { name: canary }, list: [canary] }, 'note')
    log.info({ req: { method: 'GET', url: `/search?q=${canary}`, headers: { cookie: canary } } }, 'request')
    log.child({ customer: canary }).info({ name: canary, address: canary }, 'child')
    log.info('found %s', canary)
    log.error(
      { err: Object.assign(new Error(`no "${canary}" here`), { detail: canary, code: '42P01' }) },
      'x',
    )
    log.error(Object.assign(new Error(`invalid input ${canary}`), { code: '22P02' }))
    log.error(new SyntaxError(`Unexpected token ${canary}`))
    log.error({ err: new Error('outer', { cause: new SyntaxError(canary) }) }, 'y')
    log.warn({ reason: `refused '${canary}' at 555-123-4567 or zan@example.org` }, `about '${canary}'`)
    log.info({ password: canary, token: canary }, 'secrets')
  })
  expect(text).not.toContain('Zanzibar')
  expect(text).not.toContain('555-123')
  expect(text).not.toContain('zan@')
})

test('a request line says what an operator needs: method, route, status, time, trace, actor', () => {
  const facts = { method: 'POST', route: '/api/contacts/:id', status: 422, ms: 12.5, trace: '0198f2a3-1234' }
  const line = JSON.parse(written(log => log.info({ ...facts, actorId: 17n }, 'request')))
  expect(line).toMatchObject({ level: 'info', msg: 'request', ...facts, actorId: '17' })
  expect(line.time).toMatch(/Z$/)
})

test('a fault keeps its kind, code and place', () => {
  const text = written(log => log.error({ err: new TypeError('x is not a function') }, 'fault'))
  const { err } = JSON.parse(text)
  expect(err.type).toBe('TypeError')
  expect(err.message).toBe('x is not a function')
  expect(err.stack).toContain('log.test.ts')
})

test('numbers of ports and times survive scrubbing', () => {
  expect(scrub('listening on http://localhost:8080 after 1234 ms')).toBe(
    'listening on http://localhost:8080 after 1234 ms',
  )
})
