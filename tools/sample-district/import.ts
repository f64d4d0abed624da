/** Loads a usage file into an empty district, all or nothing, and bills every row with the real engine. */
import { createSecretKey } from 'node:crypto'
import { addDays, addMonths, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { searchWordsSql } from '../../server/src/modules/accounts/domain/search-words.ts'
import { keyedDigest } from '../../server/src/platform/auth/digest.ts'
import { createBillMaker } from './bills.ts'
import {
  writeBooks,
  writeBusinessDays,
  writeCalendar,
  writeDistrict,
  writeStaff,
  writeTariffs,
  writeWeather,
} from './district.ts'
import { fillPeerUsage } from './finish.ts'
import { addHistory } from './money.ts'
import { makePremise } from './place.ts'
import { randomFor } from './random.ts'
import type { RowContext } from './row-context.ts'
import { addOccupants, addPremise } from './rows.ts'
import { connect, refuseSecondDistrict, type SeedOptions } from './seed.ts'
import type { Story, StoryRead } from './story.ts'
import { readUsageFile, type UsageCustomer } from './usage-file.ts'
import { makeWeather } from './weather.ts'
import { bumpIdentities, emptyRows, writeRows } from './write.ts'

export type ImportResult = {
  rows: number
  accounts: number
  bills: number
  units: number
  addedUp: number
  cents: string
  seconds: number
}
type Options = Pick<SeedOptions, 'target' | 'today' | 'timeZone' | 'keys' | 'onProgress'> & {
  readonly path: string
}

const chunk = 400
/** A row of these files is about a two-month bill; a longer silence is a gap, not a period. */
const periodMonths = 2

export async function importUsage(options: Options): Promise<ImportResult> {
  const started = performance.now()
  const file = await readUsageFile(options.path)
  const months = file.customers.flatMap(customer => [...customer.byMonth.keys()])
  const from = addMonths(localDate(`${months.toSorted()[0]}-01`), -3)
  const client = await connect(options.target)
  try {
    await refuseSecondDistrict(client)
    await client.query('begin')
    const weather = makeWeather(1, from, options.today)
    await writeDistrict(client, options.timeZone)
    await writeCalendar(client, options.today)
    await writeStaff(client)
    await writeBooks(client)
    await writeTariffs(client, from)
    await writeWeather(client, weather)
    await writeBusinessDays(client, from, options.today)
    const maker = createBillMaker(weather, options.today, from)
    const result: ImportResult = {
      rows: file.rows,
      accounts: 0,
      bills: 0,
      units: file.units,
      addedUp: file.added,
      cents: '0',
      seconds: 0,
    }
    for (let at = 0; at < file.customers.length; at += chunk) {
      const rows = emptyRows()
      const context: RowContext = {
        rows,
        today: options.today,
        secretsKey: createSecretKey(options.keys.secrets),
        digest: keyedDigest,
      }
      file.customers.slice(at, at + chunk).forEach((customer, n) => {
        const story = storyOf(customer, at + n)
        addPremise(context, story)
        addOccupants(context, story)
        addHistory(context, story, maker, { payments: false })
      })
      await writeRows(client, rows)
      result.accounts += rows['accounts.account'].length
      result.bills += rows['billing.bill'].length
      result.cents = String(
        BigInt(result.cents) + rows['billing.bill'].reduce((sum, row) => sum + (row[7] as bigint), 0n),
      )
      options.onProgress?.({
        done: at + chunk,
        total: file.customers.length,
        perSecond: ((at + chunk) * 1000) / (performance.now() - started),
      })
    }
    await client.query(searchWordsSql)
    await fillPeerUsage(client, from, options.today)
    await bumpIdentities(client)
    await client.query('commit')
    await client.query('analyze')
    return { ...result, seconds: (performance.now() - started) / 1000 }
  } finally {
    await client.end()
  }
}

/** A customer of the file as a story: one meter, read at the end of every billed month. */
function storyOf(customer: UsageCustomer, index: number): Story {
  const random = randomFor(1, `import ${customer.id}`)
  const premise = { ...makePremise(1, index, customer.class), hasSewer: customer.class !== 'irrigation' }
  const months = [...customer.byMonth.keys()].sort()
  const first = addMonths(localDate(`${months[0]}-01`), 1 - periodMonths)
  const reads: StoryRead[] = []
  const read = (on: LocalDate, value: number) =>
    reads.push({ on, value: BigInt(value), kind: 'actual', meter: 0, passedZero: false })
  let value = 0
  read(first, value)
  for (const month of months) {
    value += customer.byMonth.get(month)!
    read(addMonths(localDate(`${month}-01`), 1), value)
  }
  const madeOn = addDays(first, -30)
  return {
    premise,
    installations: [
      {
        meter: {
          serial: String(60_000_000 + index),
          make: 'Imported',
          size: sizeOf(customer),
          kind: 'displacement',
          unit: 'ccf',
          dials: 9,
          madeOn,
        },
        fromOn: madeOn,
        toOn: null,
        inValue: 0n,
        outValue: null,
      },
    ],
    occupants: [
      {
        person: {
          kind: 'person',
          name: `Customer ${customer.id}`,
          givenName: null,
          familyName: null,
          language: 'en',
          e164: null,
          phoneKind: 'home',
          email: null,
        },
        openedOn: first,
        closedOn: null,
        persons: customer.class === 'single-family' ? 3 : premise.dwellingUnits * 2,
        personsEvidence: 'class default (WB-003, WB-004)',
        personsLater: null,
      },
    ],
    reads,
    readDays: reads.map(r => r.on),
    situation: null,
    random,
  }
}

/** The file knows no meters; the size follows the largest bill, as it would have been sold. */
function sizeOf({ byMonth }: UsageCustomer): string {
  const most = Math.max(...byMonth.values())
  return most < 150 ? '5/8"' : most < 400 ? '1"' : most < 1_500 ? '2"' : '4"'
}
