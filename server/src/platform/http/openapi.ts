/** OpenAPI 3.1, printed from the contracts for outsiders; nothing is ever read back from it. */
import type { Endpoint } from '@curbstop/kernel/endpoint'
import { z } from 'zod'
import type { Module } from '../module.ts'

type Json = Record<string, unknown>

const errorSchema: Json = {
  type: 'object',
  required: ['code', 'message', 'facts'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    facts: { type: 'object' },
    field: { type: 'string' },
    issues: { type: 'array', items: { type: 'object' } },
    trace: { type: 'string' },
  },
}

export function openApi(modules: readonly Module[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const module of modules) {
    for (const [key, endpoint] of Object.entries(module.contract)) {
      const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(module.name, key, endpoint) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Curbstop',
      version,
      description: 'Customer information system of a water and sewer district.',
    },
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-curbstop' } },
    },
  }
}

function operation(module: string, key: string, endpoint: Endpoint): Json {
  const input = wireSchema(endpoint.input) as { properties?: Record<string, Json>; required?: string[] }
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map(m => m[1]!)
  const names = Object.keys(input.properties ?? {})
  const parameter = (name: string, place: 'path' | 'query'): Json => ({
    name,
    in: place,
    required: place === 'path' || (input.required ?? []).includes(name),
    schema: input.properties?.[name] ?? { type: 'string' },
  })
  const isPublic = typeof endpoint.may !== 'string' && endpoint.may.anyone === 'public'
  return {
    operationId: `${module}.${key}`,
    tags: [module],
    summary: endpoint.says,
    ...(typeof endpoint.may === 'string' ? { 'x-permission': endpoint.may } : {}),
    security: isPublic ? [] : [{ session: [] }],
    parameters: [
      ...inPath.map(name => parameter(name, 'path')),
      ...(endpoint.method === 'GET'
        ? names.filter(n => !inPath.includes(n)).map(n => parameter(n, 'query'))
        : []),
      ...(endpoint.method === 'POST' && !endpoint.keyless && !endpoint.asks
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              schema: { type: 'string', minLength: 8, maxLength: 128 },
            },
          ]
        : []),
      ...(endpoint.rehearsable
        ? [{ name: 'x-rehearse', in: 'header', schema: { type: 'string', enum: ['1'] } }]
        : []),
    ],
    ...(endpoint.method === 'POST'
      ? { requestBody: { required: true, content: { 'application/json': { schema: input } } } }
      : {}),
    responses: {
      200: { description: 'done', content: { 'application/json': { schema: wireSchema(endpoint.output) } } },
      default: {
        description: ['A refusal or a fault.', ...(endpoint.errors ?? []).map(code => `\`${code}\``)].join(
          ' ',
        ),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function wireSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return rest
}
