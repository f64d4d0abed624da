import { expect, test } from 'vitest'
import { wireSchemaOf } from '../../../../tools/testing/inputs.ts'
import { modules } from '../../app.ts'

/** What was typed about nobody's house: the district's own people, its rules, classes and sizes. */
const harmless = [
  'staff.listPeople words',
  'policy.findRules words',
  'metering.getPeerUsage class',
  'metering.getPeerUsage size',
]

// An address stays in histories, in proxies' logs and on shared screens (ASVS 14.2.1).
test('no word typed about a customer stands in an address: a GET takes ids, dates, codes and numbers', () => {
  const typed = modules.flatMap(module =>
    Object.entries(module.contract)
      .filter(([, endpoint]) => endpoint.method === 'GET')
      .flatMap(([key, endpoint]) =>
        Object.entries(wireSchemaOf(endpoint.input).properties ?? {})
          .filter(([, field]) => field.type === 'string' && !field.pattern && !field.format && !field.enum)
          .map(([name]) => `${module.name}.${key} ${name}`),
      ),
  )
  expect(typed.filter(field => !harmless.includes(field))).toEqual([])
})

test('what only asks writes nothing and needs no key', () => {
  const asking = modules.flatMap(({ name, contract }) =>
    Object.entries(contract).flatMap(([key, endpoint]) =>
      endpoint.asks ? [{ duty: `${name}.${key}`, endpoint }] : [],
    ),
  )
  expect(asking.map(({ duty }) => duty).sort()).toEqual([
    'accounts.searchAccounts',
    'billing.varianceEffect',
    'billing.whatIf',
    'correspondence.preview',
    'desk.findAnswers',
    'metering.findMeters',
    'metering.tryLimits',
    'premises.findPremises',
    'rates.checkTariff',
    'rates.evaluateTariff',
    'variances.checkVariance',
  ])
  expect(
    asking.filter(({ endpoint }) => endpoint.method !== 'POST' || endpoint.keyless || endpoint.rehearsable),
  ).toEqual([])
})
