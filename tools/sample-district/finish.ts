/** What is made once from everything: spelling words of the search, peer figures, and the desk's own recent work. */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import type pg from 'pg'
import { searchWordsSql } from '../../server/src/modules/accounts/domain/search-words.ts'
import { peerUsageSql } from '../../server/src/modules/metering/domain/peer-usage.ts'
import { placeOf } from './chunk.ts'
import { firstDayOf } from './ground.ts'
import { accountNumberOf, idsOf } from './ids.ts'
import { randomFor } from './random.ts'
import { situations } from './situations.ts'
import { writeVariances } from './variances.ts'
import { emptyRows, type Rows, writeRows } from './write.ts'

export async function finish(
  client: pg.Client,
  options: { accounts: number; seed: number; today: LocalDate },
): Promise<void> {
  await client.query('begin')
  await client.query(searchWordsSql)
  await fillPeerUsage(client, firstDayOf(options.today), options.today)
  await writeRows(client, deskRows(options))
  await writeVariances(client, { today: options.today, named: namedAccounts() })
  await client.query('commit')
}

const namedAccounts = () => situations.map((_, at) => idsOf(placeOf(at)).occupant(0).account)

/** Peers of every month since `from`, by the statement of the nightly job. */
export async function fillPeerUsage(client: pg.Client, from: LocalDate, today: LocalDate): Promise<void> {
  await client.query('set local enable_nestloop = off') // nothing is counted yet, so the planner takes all tables for small
  await client.query(peerUsageSql, [`${from.slice(0, 8)}01`, today])
  await client.query('reset enable_nestloop')
}

const visits: readonly (readonly [reason: string, outcome: string, note: string])[] = [
  ['bill-question', 'resolved', 'Asked when the bill is due; told the date and the balance.'],
  ['payment', 'resolved', 'Paid by card while on the phone; receipt by e-mail.'],
  [
    'high-bill',
    'resolved',
    'High bill in summer; explained the season line by line, customer will check the timer.',
  ],
  ['general', 'resolved', 'Asked for office hours around the holiday.'],
  ['conservation', 'resolved', 'Asked about watering days; sent the conservation sheet.'],
  ['account-change', 'resolved', 'New phone number, verified by PIN.'],
  ['leak', 'follow-up', 'Wet spot at the curb; leak check ordered.'],
  ['pressure', 'resolved', 'Low pressure at one shower; regulator is the owner’s, explained.'],
]

/** Contacts and orders of the last half year for one account in twelve, and today's open work. */
function deskRows({ accounts, seed, today }: { accounts: number; seed: number; today: LocalDate }): Rows {
  const rows = emptyRows()
  const advisors = [11n, 12n, 13n, 14n]
  let contact = 1_000n
  let order = 1_000n
  for (let index = 0; index < accounts; index += 1) {
    const random = randomFor(seed, `desk ${index}`)
    if (!random.chance(1 / 12)) continue
    const { account, customer } = idsOf(index).occupant(0)
    const on = addDays(today, -random.int(2, 170))
    const [reason, outcome, note] = random.pick(visits)
    const by = random.pick(advisors)
    const at = `${on}T${random.int(16, 23)}:${random.int(10, 59)}:00Z`
    contact += 1n
    rows['contacts.contact'].push([
      contact,
      account,
      customer,
      random.pick(['phone', 'phone', 'counter', 'email']),
      'in',
      by,
      at,
      at,
      null,
      null,
      reason,
      outcome,
      false,
      note,
    ])
    if (reason !== 'leak') continue
    order += 1n
    addOrder(rows, { order, account, index, contact, by, on, done: on < addDays(today, -6), random })
  }
  // A small district (for a test) ends before the named situations do.
  if (accounts > placeOf(situations.length - 1)) addOpenWork(rows, today)
  return rows
}

type OrderFacts = {
  order: bigint
  account: bigint
  index: number
  contact: bigint
  by: bigint
  on: LocalDate
  done: boolean
  random: ReturnType<typeof randomFor>
}

function addOrder(rows: Rows, { order, account, index, contact, by, on, done, random }: OrderFacts): void {
  const ids = idsOf(index)
  const csfr = random.pick([16n, 17n])
  const made = `${on}T20:00:00Z`
  const finished = `${addDays(on, 2)}T19:00:00Z`
  rows['fieldwork.service_order'].push([
    order,
    'LEAK',
    account,
    ids.premise,
    ids.waterPoint,
    3,
    done ? 'completed' : 'assigned',
    'Check for a leak at the curb.',
    addDays(on, 2),
    `${addDays(on, 2)}T23:59:00Z`,
    csfr,
    contact,
    made,
    by,
  ])
  rows['fieldwork.order_event'].push(
    [order, made, by, null, 'ready', null],
    [order, made, 14n, 'ready', 'assigned', null],
  )
  if (!done) return
  rows['fieldwork.order_event'].push([order, finished, csfr, 'assigned', 'completed', null])
  rows['fieldwork.order_result'].push([
    order,
    finished,
    csfr,
    random.pick(['no-leak', 'leak-found']),
    'on',
    null,
    null,
    null,
    'Looked at meter and curb.',
  ])
}

/** What waits this morning: named people from the situations, so that the list can be tried. */
function addOpenWork(rows: Rows, today: LocalDate): void {
  const find = (key: string) => idsOf(placeOf(situations.findIndex(s => s.key === key))).occupant(0).account
  const task = (
    n: bigint,
    kind: string,
    title: string,
    key: string,
    to: { queue?: string; owner?: bigint; due: number },
  ) => {
    const account = find(key)
    const made = `${addDays(today, -1)}T18:10:00Z`
    rows['desk.task'].push([
      n,
      kind,
      title,
      `Account ${accountNumberOf(account)}`,
      account,
      null,
      to.queue ?? null,
      to.owner ?? null,
      addDays(today, to.due),
      made,
      12n,
    ])
    rows['desk.task_event'].push([n, made, 12n, 'created', null])
  }
  task(101n, 'callback', 'Call back about the payment history', 'behind', { owner: 12n, due: 0 })
  task(102n, 'follow-up', 'Ask whether the new toilet stopped the use', 'pool-fill', { owner: 12n, due: 1 })
  task(103n, 'question', 'May the bakery pay by two checks on one bill?', 'bakery', {
    queue: 'seniors',
    due: 0,
  })
  task(104n, 'exception', 'Two periods of zero use in a lived-in house', 'stopped-meter', {
    queue: 'advisors',
    due: 0,
  })
  rows['desk.hold'].push([
    find('behind'),
    find('behind'),
    'late-fee',
    'research',
    'Payment history under research',
    addDays(today, -12),
    addDays(today, 18),
    `${addDays(today, -12)}T18:00:00Z`,
    14n,
  ])
}
