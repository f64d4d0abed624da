import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validInputs } from '../../../../tools/testing/inputs.ts'
import { modules } from '../../app.ts'

/** Read as something else, or never kept as it came: digests, tariffs, numbers that a machine made. */
const others =
  /^(staff\..*(password|Password|login|code)|customers\.setSecret text|contacts\.verifyCaller (pin|passphrase|idLast4)|rates\.)|serial|Serial|phone|number$|emails|make$|size$|outcome$|class|finding|question|answer$|fixture|result$/
const plain = 'Plain words of a note'
const card = 'Card 4111 1111 1111 1111, 12/29'
const known = { ids: new Map(), pairs: new Map() }

type Path = readonly (string | number)[]

function stringsIn(value: unknown, above: Path = []): Path[] {
  if (typeof value === 'string') return [above]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => stringsIn(part, [...above, name]))
}

function withText(input: unknown, path: Path, text: string): unknown {
  const copy = structuredClone(input)
  let place = copy as Record<string | number, unknown>
  for (const name of path.slice(0, -1)) place = place[name] as Record<string | number, unknown>
  place[path.at(-1)!] = text
  return copy
}

test('a card number is refused wherever words are kept: one in a note puts the district under the card rules', () => {
  const open = new Set<string>()
  let tried = 0
  for (const { name, contract } of modules)
    for (const [key, endpoint] of Object.entries(contract)) {
      if (endpoint.method === 'GET' || endpoint.asks) continue
      for (const input of fc.sample(validInputs(endpoint, known), { seed: 5, numRuns: 40 }))
        for (const path of stringsIn(input)) {
          const field = `${name}.${key} ${path.filter(part => !/^\d+$/.test(String(part))).join('.')}`
          if (others.test(field) || !endpoint.input.safeParse(withText(input, path, plain)).success) continue
          tried += 1
          if (endpoint.input.safeParse(withText(input, path, card)).success) open.add(field)
        }
    }
  expect(tried).toBeGreaterThan(500)
  expect([...open]).toEqual([])
}, 30_000)
