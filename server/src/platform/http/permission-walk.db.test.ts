/** Everybody at every door: what opens, what stays shut, and that the contracts and the list of permissions agree. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fingerprint } from '../../../../tools/testing/fingerprint.ts'
import { endpoints, everybody, type House, openHouse, type Who } from '../../../../tools/testing/house.ts'
import { type Known, knownIds, validInputs } from '../../../../tools/testing/inputs.ts'

const modulesFolder = fileURLToPath(new URL('../../modules', import.meta.url))
let house: House
let known: Known
let granted: Map<string, Set<string>>

beforeAll(async () => {
  house = await openHouse()
  known = await knownIds(house.database)
  const { rows } = await sql<{ role: string; permission: string }>`
    select role, permission from staff.role_permission`.execute(house.database.owner)
  granted = new Map()
  for (const { role, permission } of rows) granted.set(role, (granted.get(role) ?? new Set()).add(permission))
})
afterAll(() => house.close())

function mayEnter(who: Who, may: (typeof endpoints)[number]['endpoint']['may']): boolean {
  if (typeof may !== 'string') return may.anyone === 'public' || who !== 'nobody'
  if (who === 'everything') return true
  return granted.get(who)?.has(may) ?? false
}

/** Signing out would end the walk; it is proven among the sessions. */
const walked = endpoints.filter(({ duty }) => duty !== 'staff.signOut')

describe('who may enter where', () => {
  test.each(everybody)('%s gets through the doors of the list and no other, and never a fault', async who => {
    const wrong: string[] = []
    for (const { duty, endpoint } of walked) {
      const opens = mayEnter(who, endpoint.may)
      const inputs = opens ? fc.sample(validInputs(endpoint, known), { seed: 7, numRuns: 2 }) : [{}]
      for (const input of inputs) {
        const reply = await house.ask(who, endpoint, input)
        const { status, body } = reply
        const shut = body.code === 'platform.not-allowed' || body.code === 'platform.signed-out'
        const expected = opens ? !shut : shut && status === (who === 'nobody' ? 401 : 403)
        const isFault = status >= 500 && body.code !== 'staff.slow-down'
        if (!expected || isFault)
          wrong.push(`${duty} answered ${status} ${body.code} ${house.faultOf(reply)}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('an auditor looks everywhere and changes nothing of the district', async () => {
    const own =
      /^staff\.(signIn|signOut|changePassword|enrolSecondFactor|confirmSecondFactor|removeSecondFactor|declareInterest)$/
    const before = await fingerprint(house.database)
    for (const { duty, endpoint } of walked.filter(({ duty }) => !own.test(duty))) {
      for (const input of fc.sample(validInputs(endpoint, known), { seed: 23, numRuns: 3 })) {
        const { status } = await house.ask('auditor', endpoint, input)
        const changes = endpoint.method === 'POST' && !endpoint.asks
        expect(changes ? status : 403, duty).toBe(403)
      }
    }
    expect(await fingerprint(house.database)).toEqual(before)
  })

  test('no look changes anything, whoever looks', async () => {
    const before = await fingerprint(house.database)
    for (const { endpoint } of walked.filter(({ endpoint }) => endpoint.method === 'GET' || endpoint.asks))
      for (const input of fc.sample(validInputs(endpoint, known), { seed: 31, numRuns: 3 }))
        await house.ask('everything', endpoint, input)
    expect(await fingerprint(house.database)).toEqual(before)
  })
})

describe('the list of permissions', () => {
  const used = new Set(
    endpoints.flatMap(({ endpoint }) => (typeof endpoint.may === 'string' ? [endpoint.may] : [])),
  )

  test('every permission a contract asks for is held by somebody', () => {
    const held = new Set([...granted.values()].flatMap(permissions => [...permissions]))
    expect([...used].filter(permission => !held.has(permission))).toEqual([])
  })

  test('every permission somebody holds opens something', () => {
    const source = readdirSync(modulesFolder, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map(path => readFileSync(join(modulesFolder, path), 'utf8'))
      .join('\n')
    const held = new Set([...granted.values()].flatMap(permissions => [...permissions]))
    const opens = (permission: string) => used.has(permission) || source.includes(`'${permission}'`)
    expect([...held].filter(permission => !opens(permission))).toEqual([])
  })

  test('only the sign-in and the name of the district are open to strangers', () => {
    const open = endpoints.filter(
      ({ endpoint }) => typeof endpoint.may !== 'string' && endpoint.may.anyone === 'public',
    )
    expect(open.map(({ duty }) => duty).sort()).toEqual(['policy.getDistrict', 'staff.signIn'])
  })
})

describe('the contracts', () => {
  test('what the server reads the workbench can write: every input survives the way there and back', () => {
    const wrong: string[] = []
    for (const { duty, endpoint } of endpoints) {
      let tried = 0
      for (const wire of fc.sample(validInputs(endpoint, known), { seed: 3, numRuns: 60 })) {
        const read = endpoint.input.safeParse(wire)
        if (!read.success) continue
        tried += 1
        try {
          const written = z.encode(endpoint.input, read.data as never)
          expect(endpoint.input.parse(JSON.parse(JSON.stringify(written)))).toEqual(read.data)
        } catch (error) {
          wrong.push(`${duty}: ${(error as Error).message.slice(0, 200)}`)
          break
        }
      }
      if (tried === 0) wrong.push(`${duty}: no input was found that it accepts`)
    }
    expect(wrong).toEqual([])
  })

  test('OpenAPI is printed and names every endpoint once', async () => {
    const reply = await house.app.inject({ url: '/openapi.json' })
    expect(reply.statusCode).toBe(200)
    const { paths } = reply.json() as { paths: Record<string, Record<string, { operationId: string }>> }
    const named = Object.values(paths).flatMap(methods => Object.values(methods).map(m => m.operationId))
    expect(named.sort()).toEqual(endpoints.map(({ duty }) => duty).sort())
  })

  test('no two endpoints stand at one address', () => {
    const addresses = endpoints.map(
      ({ endpoint }) => `${endpoint.method} ${endpoint.path.replace(/:\w+/g, ':id')}`,
    )
    expect(addresses.filter((address, at) => addresses.indexOf(address) !== at)).toEqual([])
  })
})
