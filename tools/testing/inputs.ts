/**
 * Inputs out of the contracts themselves: what a schema accepts (with ids that exist in a database), and what nobody
 * should send. Seeded, so that a failure comes back.
 */
import type { Endpoint } from '@curbstop/kernel/endpoint'
import fc from 'fast-check'
import { sql } from 'kysely'
import { z } from 'zod'
import type { TestDatabase } from './database.ts'

type Schema = {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minItems?: number
  maxItems?: number
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  $ref?: string
}

/** Ids that exist, by the field's name, and which account each belongs to. */
export type Known = {
  readonly ids: ReadonlyMap<string, readonly string[]>
  readonly pairs: ReadonlyMap<string, readonly (readonly [account: string, id: string])[]>
}

export function wireSchemaOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
}

const made = new WeakMap<Endpoint, fc.Arbitrary<unknown>>()

export function validInputs(endpoint: Endpoint, known: Known): fc.Arbitrary<unknown> {
  const inputs = made.get(endpoint) ?? makeInputs(endpoint, known)
  made.set(endpoint, inputs)
  return inputs
}

function makeInputs(endpoint: Endpoint, known: Known): fc.Arbitrary<unknown> {
  const any = wireOf(wireSchemaOf(endpoint.input), '', known)
  return fc.tuple(any, fc.nat()).map(([input, at]) => (at % 4 === 0 ? input : belonging(input, at, known)))
}

/** Three times out of four the bill is the account's own; else it is somebody else's, as a forger would have it. */
function belonging(input: unknown, at: number, known: Known): unknown {
  const fields = input as Record<string, unknown>
  if (typeof fields !== 'object' || fields === null || !('accountId' in fields)) return input
  for (const name of Object.keys(fields)) {
    const pairs = known.pairs.get(name) ?? []
    const pair = pairs[at % Math.max(pairs.length, 1)]
    if (pair) return { ...fields, accountId: pair[0], [name]: pair[1] }
  }
  return input
}

function wireOf(schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(choice => wireOf(choice, name, known)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const values = known.ids.get(name)
  if (values && values.length > 0 && schema.type === 'string')
    return fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: textOf(schema) },
    )
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return textOf(schema)
    case 'integer':
      return fc.integer(boundsOf(schema))
    case 'number':
      return fc.oneof(fc.integer(boundsOf(schema)), fc.constant(schema.minimum ?? 0))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(wireOf(schema.items ?? {}, name, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
      })
    case 'object':
      return objectOf(schema, known)
    default:
      return fc.constantFrom('1', null)
  }
}

function objectOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0 && typeof schema.additionalProperties === 'object')
    return fc.dictionary(
      schema.propertyNames
        ? (textOf(schema.propertyNames) as fc.Arbitrary<string>)
        : fc.constantFrom('a', 'b'),
      wireOf(schema.additionalProperties, '', known),
      { maxKeys: 3 },
    )
  return fc.record(Object.fromEntries(fields.map(([name, part]) => [name, wireOf(part, name, known)])), {
    requiredKeys: (schema.required ?? []) as never[],
    noNullPrototype: true,
  })
}

const days = Array.from({ length: 60 }, (_, day) =>
  new Date(Date.now() + (day - 45) * 86_400_000).toISOString().slice(0, 10),
)
const sentences = [
  'Asked about the bill of October.',
  'Zoë O’Brien-Ñuñez “Café” 🚰',
  "Robert'); drop table accounts.account;--",
  '<img src=x onerror=alert(1)>{{7*7}}',
  '118 Alder Ct',
  'ruiz',
]

function textOf({ pattern, format, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'date') return fc.constantFrom(...days)
  if (format === 'date-time') return fc.constantFrom(...days.map(day => `${day}T18:00:00Z`))
  if (format === 'email') return fc.constantFrom('ana@example.com', 'o.brien+x@example.org')
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  return fc.constantFrom(...sentences.map(text => text.padEnd(minLength, '.').slice(0, maxLength)))
}

function boundsOf(schema: Schema): { min: number; max: number } {
  const min = schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1
  const max = schema.maximum ?? (schema.exclusiveMaximum ?? min + 101) - 1
  return { min: Math.ceil(Math.max(min, -1e9)), max: Math.floor(Math.min(max, 1e9)) }
}

const huge = 'x'.repeat(70_000)
/** What a person, a broken client or an attacker puts where something else belongs. */
export const nasty: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  -0.5,
  1e308,
  2 ** 53,
  '-1',
  '99999999999999999999999',
  '9223372036854775807',
  '9223372036854775808',
  '999999999999999999',
  '1e5',
  '0x10',
  '12a',
  'NaN',
  '1,234.56',
  '２０２６-１１-２３',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '1899-12-31',
  '2026-11-23T25:61:00Z',
  '1',
  '+275760-09-13T00:00:00.000Z',
  true,
  [],
  {},
  [[[[]]]],
  { $gt: '' },
  { toString: 'x' },
  { length: 1e9 },
  "'; drop table accounts.account; --",
  '1 or 1=1',
  '%_\\',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return 1")()}}',
  '$' + '{7*7}',
  '🚰👩‍👩‍👧‍👦',
  'a\u0000b',
  '\u202egnp.exe',
  '\ud800',
  '../../../../etc/passwd',
  '4111 1111 1111 1111',
  huge,
]

/** A valid input with something wrong in it: a field spoiled, gone, doubled or new; or no object at all. */
export function spoiledInputs(endpoint: Endpoint, known: Known): fc.Arbitrary<unknown> {
  const valid = validInputs(endpoint, known)
  const bad = fc.constantFrom(...nasty)
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(valid, bad, fc.nat()).map(([input, value, at]) => spoil(input, value, at)),
    },
    { weight: 1, arbitrary: fc.tuple(valid, fc.nat()).map(([input, at]) => spoil(input, undefined, at)) },
    {
      weight: 1,
      arbitrary: fc.tuple(valid, bad).map(([input, value]) => ({ ...(input as object), surprise: value })),
    },
    { weight: 1, arbitrary: bad },
    { weight: 1, arbitrary: fc.object({ maxDepth: 3 }) },
  )
}

type Path = readonly (string | number)[]

function pathsOf(value: unknown, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [above]
  const inside = Object.entries(value).flatMap(([name, part]) => pathsOf(part, [...above, name]))
  return above.length === 0 ? inside : [above, ...inside]
}

function spoil(input: unknown, value: unknown, at: number): unknown {
  const copy = structuredClone(input)
  const paths = pathsOf(copy).filter(path => path.length > 0)
  const path = paths[at % Math.max(paths.length, 1)]
  if (!path) return { surprise: value }
  let place = copy as Record<string | number, unknown>
  for (const name of path.slice(0, -1)) place = place[name] as Record<string | number, unknown>
  place[path.at(-1)!] = value
  return copy
}

/** Real ids of everything, so that generated commands get further than "no such account". */
export async function knownIds({ owner }: TestDatabase): Promise<Known> {
  const ids = new Map<string, readonly string[]>()
  const pairs = new Map<string, readonly [string, string][]>()
  const { rows } = await sql<{ schema: string; table: string; column: string; ofAccount: boolean }>`
    select c.table_schema as schema, c.table_name as "table", c.column_name as "column",
      exists (select from information_schema.columns a where a.table_schema = c.table_schema
        and a.table_name = c.table_name and a.column_name = 'account_id' and c.column_name <> 'account_id') as "ofAccount"
    from information_schema.columns c
    where c.is_identity = 'YES' and c.column_name ~ '_id$' and c.table_schema not in ('platform', 'audit', 'graphile_worker')
    order by 1, 2`.execute(owner)
  for (const { schema, table, column, ofAccount } of rows) {
    const name = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    const account = ofAccount ? sql.ref('account_id') : sql`null::bigint`
    const found = await sql<{ id: string; account: string | null }>`
      select ${sql.ref(column)}::text as id, ${account}::text as account from ${sql.table(`${schema}.${table}`)}
      order by md5(${sql.ref(column)}::text) limit 60`.execute(owner)
    const own = (id: string) => name === 'personId' && Number(id) >= 100 // who walks must not be sent away
    ids.set(
      name,
      found.rows.map(row => row.id).filter(id => !own(id)),
    )
    pairs.set(
      name,
      found.rows.flatMap(row => (row.account ? [[row.account, row.id] as [string, string]] : [])),
    )
  }
  return { ids, pairs }
}
