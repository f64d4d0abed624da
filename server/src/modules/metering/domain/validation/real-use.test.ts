import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { addMonths, dayNumber, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { aProfile, shippedLimits } from '../../../../../../tools/testing/read-profiles.ts'
import { quantile } from '../statistics.ts'
import type { Finding } from './findings.ts'
import { validateRead } from './judge-read.ts'
import { type PeerUse, periodColumns, type ReadProfile } from './profile.ts'

/** Two months' use of real customers: City of Santa Monica open data through RateParser (MIT), read in place. */
const here = dirname(fileURLToPath(import.meta.url))
const shared = process.env.CURBSTOP_SHARED_DATA ?? join(here, '../../../../../../../shared/data')
const file = join(shared, 'meter/monthly/santa-monica-2014-2016-odd-customers.csv.gz')

type Bill = { readonly at: number; readonly ccf: number; readonly class: string }
const startOf = (at: number) => addMonths(localDate('2013-12-01'), at - 2014 * 12 + 1)

function billsByCustomer(): Map<string, Bill[]> {
  const byCustomer = new Map<string, Map<number, Bill>>()
  for (const line of gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1)) {
    const [customer, year, month, ccf, className] = line.trim().split(',')
    const at = Number(year) * 12 + Number(month) - 1
    const own = byCustomer.get(customer!) ?? new Map<number, Bill>()
    byCustomer.set(customer!, own)
    own.set(at, { at, class: className!, ccf: (own.get(at)?.ccf ?? 0) + Number(ccf) }) // several meters are one
  }
  return new Map(
    [...byCustomer].map(([customer, own]) => [customer, [...own.values()].sort((a, b) => a.at - b.at)]),
  )
}

/** A row is a bill of two months, whatever rows are missing before it. */
const days = 61

function peersOf(customers: Map<string, Bill[]>): Map<string, PeerUse> {
  const values = new Map<string, number[]>()
  for (const bills of customers.values())
    for (const bill of bills) {
      const own = values.get(bill.class) ?? []
      values.set(bill.class, own)
      own.push((bill.ccf * 748) / days)
    }
  const of = (own: number[], share: number) => quantile(own, share)!
  return new Map(
    [...values].map(([name, own]) => [
      name,
      { p25: of(own, 0.25), median: of(own, 0.5), p75: of(own, 0.75) },
    ]),
  )
}

if (!existsSync(file)) console.log(`validation: no real use at ${file}; set CURBSTOP_SHARED_DATA`)
else
  test('real customers: few bills are stopped, the absurd one is, and what is shown fits a working day', () => {
    const customers = billsByCustomer()
    const peers = peersOf(customers)
    const limits = shippedLimits()
    const counts = new Map<string, Map<string, number>>()
    const reads = new Map<string, number>()
    let dearest: Finding | null = null
    const base = aProfile({ register: { registerNo: 1, unit: 'ccf', dials: 7, multiplier: '1' } })
    for (const bills of customers.values()) {
      const history = periodColumns(
        bills.map(({ at, ccf }) => ({ toOn: startOf(at), days, gallons: ccf * 748, estimated: false })),
      )
      for (const [index, bill] of bills.entries()) {
        if (index === 0) continue
        // a row after a missing one may be of four months: judged, not counted
        const counted = index >= 4 && bill.at - bills[index - 1]!.at === 2
        const historyFrom = Math.max(0, index - 24)
        const day = dayNumber(startOf(bill.at))
        const last = { day: day - days, value: 100_000, kind: 'actual' as const }
        const profile: ReadProfile = {
          ...base,
          service: bill.class === 'IRRIGATION' ? 'irrigation' : 'potable',
          peers: peers.get(bill.class) ?? null,
          ...{ history, historyFrom, historyCount: index - historyFrom, last, lastActual: last },
        }
        if (counted) reads.set(bill.class, (reads.get(bill.class) ?? 0) + 1)
        for (const finding of validateRead(
          { day, value: 100_000 + bill.ccf, kind: 'actual' },
          profile,
          limits,
        )) {
          const isDearer = !dearest || finding.dollarsAtStake > dearest.dollarsAtStake
          if (finding.code === 'high' && isDearer) dearest = finding
          if (!counted || finding.severity === 'note') continue
          const own = counts.get(bill.class) ?? new Map<string, number>()
          counts.set(bill.class, own)
          const name = finding.blocksBilling ? `${finding.code}!` : finding.code
          own.set(name, (own.get(name) ?? 0) + 1)
        }
      }
    }
    const lines = [...reads].map(([name, total]) => {
      const own = [...(counts.get(name) ?? [])].sort((a, b) => b[1] - a[1])
      return `${name.padEnd(20)}${String(total).padStart(7)}  ${own.map(([code, n]) => `${code} ${((n * 100) / total).toFixed(2)} %`).join(', ')}`
    })
    console.log(lines.join('\n'))
    expect(dearest!.measured).toBeGreaterThanOrEqual(421_817 * 748)
    const homes = counts.get('RESIDENTIAL_SINGLE')!
    expect(homes.get('high!')! / reads.get('RESIDENTIAL_SINGLE')!).toBeLessThan(0.03)
    expect(homes.get('high!')! / reads.get('RESIDENTIAL_SINGLE')!).toBeGreaterThan(0.002)
  })
