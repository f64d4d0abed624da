import { hostname } from 'node:os'
import { DomainError } from '@curbstop/kernel/errors'
import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { type Reach, refuseStrangers } from './origin.ts'

const local: Reach = { host: '127.0.0.1', publicUrl: null }
const published: Reach = { host: '127.0.0.1', publicUrl: 'https://desk.example.org' }
const everywhere: Reach = { host: '0.0.0.0', publicUrl: null }

/** The code of the refusal, or `welcome`. */
function meet(reach: Reach, headers: Record<string, string>, method = 'POST', url = '/api/staff/me'): string {
  try {
    refuseStrangers(reach)({ headers, method, url } as unknown as FastifyRequest)
    return 'welcome'
  } catch (error) {
    return (error as DomainError).code
  }
}

test.each([
  [local, 'localhost:8080', 'http://localhost:8080'],
  [local, '127.0.0.1:8080', 'http://127.0.0.1:8080'],
  [local, '[::1]:8080', 'http://[::1]:8080'],
  [published, 'desk.example.org', 'https://desk.example.org'],
  [published, 'Desk.Example.org.:443', 'https://desk.example.org'],
  [published, 'localhost:8080', 'https://desk.example.org'], // a proxy that does not pass the name on
  [{ host: 'desk.local', publicUrl: null }, 'desk.local:8080', 'http://desk.local:8080'],
  [everywhere, `${hostname()}:8080`, `http://${hostname().toLowerCase()}:8080`],
  [everywhere, '192.168.1.20:8080', 'http://192.168.1.20:8080'],
])('people of the district work from where they are (%o as %s)', (reach, host, origin) => {
  expect(meet(reach, { host, origin, 'sec-fetch-site': 'same-origin' })).toBe('welcome')
  expect(meet(reach, { host }, 'GET')).toBe('welcome')
})

test.each([local, published, everywhere])(
  'a name made to lead here reads nothing and changes nothing, though its pages agree with it (%o)',
  reach => {
    for (const host of [
      'evil.example',
      'evil.example:8080',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      '',
    ]) {
      const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
      expect(meet(reach, headers, 'POST'), host).toBe('platform.unknown-host')
      expect(meet(reach, headers, 'GET'), host).toBe('platform.unknown-host')
      expect(meet(reach, headers, 'GET', '/'), host).toBe('platform.unknown-host')
    }
  },
)

test('the sentence names the setting that helps, and repeats no tricks of a header', () => {
  try {
    refuseStrangers(local)({ headers: { host: 'desk.example.org:8080' }, method: 'GET', url: '/' } as never)
    expect.unreachable()
  } catch (error) {
    expect((error as DomainError).message).toContain('PUBLIC_URL=https://desk.example.org:8080')
  }
  try {
    refuseStrangers(local)({ headers: { host: '<b>\u0007' }, method: 'GET', url: '/' } as never)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError)
    expect((error as DomainError).message).not.toMatch(/[<>]|\p{C}/u)
  }
})

test('another site cannot change anything, also under our own name', () => {
  const host = 'localhost:8080'
  expect(meet(local, { host, origin: 'https://evil.example' })).toBe('platform.foreign-origin')
  expect(meet(local, { host, origin: 'null' })).toBe('platform.foreign-origin')
  expect(meet(local, { host, origin: 'http://localhost:3000' })).toBe('platform.foreign-origin')
  expect(meet(local, { host, 'sec-fetch-site': 'cross-site' })).toBe('platform.foreign-origin')
})

test('a load balancer may ask after our health under any name', () => {
  expect(meet(local, { host: 'probe.internal' }, 'GET', '/health/ready')).toBe('welcome')
})
