/** Rows by table, written in sets: one COPY a table and chunk, in an order that satisfies every foreign key. */
import type pg from 'pg'
import { copyRows, copyText, linesOf } from '../../server/src/platform/db/copy.ts'

const columns = {
  'customers.customer': 'customer_id kind name given_name family_name language since',
  'customers.phone': 'customer_id phone_id e164 kind may_text valid_from',
  'customers.email': 'customer_id email_id address valid_from',
  'customers.mailing_address': 'customer_id address_id line1 line2 city state zip valid_from',
  'customers.secret': 'customer_id kind digest set_by',
  'customers.authorized_contact':
    'customer_id authorized_id name relation e164 scopes proof valid_from valid_to',
  'customers.protection': 'customer_id protection_id kind reason substitute_address placed_by approved_by',
  'premises.premise':
    'premise_id house_number street unit city state zip class dwelling_units lot_sqft irrigated_sqft has_pool et_zone built_on',
  'premises.service_point': 'service_point_id premise_id service book_id sequence location_note',
  'premises.hazard': 'premise_id hazard_id kind note noted_at noted_by expires_on',
  'accounts.account': 'account_id number customer_id class cycle_id opened_on closed_on opened_by',
  'accounts.account_number': 'number account is_current source',
  'accounts.account_service':
    'account_id account_service_id service service_point_id premise_id tariff rate_class from_on to_on',
  'accounts.occupancy': 'service_point_id account period started_by started_at',
  'accounts.premise_owner': 'premise_id customer_id owned on_tenant_stop',
  'accounts.household': 'account_id from_on persons evidence noted_by',
  'accounts.enrolment': 'account_id enrolment_id kind from_on to_on',
  'accounts.search_document': 'account_id number name address haystack is_protected is_closed',
  'accounts.search_term': 'account_id kind term',
  'metering.meter': 'meter_id serial make size kind made_on',
  'metering.register': 'meter_id register_no unit dials multiplier',
  'metering.installation': 'service_point_id meter_id installed in_value out_value installed_by',
  'metering.read': 'meter_id register_no read_id read_on value kind source note passed_zero entered_at',
  'ledger.journal':
    'account_id journal_id kind effective_on business_on due_on posted_at posted_by source memo reverses_journal_id',
  'ledger.posting': 'account_id journal_id line_no debit credit cents',
  'billing.bill':
    'account_id bill_id kind from_on to_on issued_on due_on total_cents journal_id issued_by issued_at',
  'billing.bill_segment':
    'account_id bill_id segment_no service account_service_id service_point_id from_on to_on usage_units usage_gallons read_kind reads inputs charges tariff_version_ids budget_units cents',
  'payments.payment': 'account_id payment_id received_on cents tender channel reference journal_id posted_at',
  'payments.payment_return': 'account_id payment_id returned_on reason_code journal_id',
  'desk.alert': 'account_id alert_id tone text from_on until_on placed_at placed_by',
  'desk.hold': 'account_id hold_id what reason_code reason from_on until_on placed_at placed_by',
  'contacts.contact':
    'contact_id on_account customer_id channel direction person_id started_at saved_at caller_name caller_e164 reason outcome is_complaint note',
  'contacts.step': 'contact_id at kind facts',
  'fieldwork.service_order':
    'order_id kind on_account premise_id service_point_id priority state instructions wanted_on due_at assigned_to contact_id created_at created_by',
  'fieldwork.order_event': 'order_id at person_id from_state to_state note',
  'fieldwork.order_result':
    'order_id completed_at completed_by outcome left_status meter_serial_seen read_value static_psi note',
  'desk.task': 'task_id kind title detail on_account contact_id queue owner_id due_on created_at created_by',
  'desk.task_event': 'task_id at person_id kind body',
} as const

export type Table = keyof typeof columns
export type Rows = Readonly<Record<Table, unknown[][]>>

export function emptyRows(): Rows {
  return Object.fromEntries(Object.keys(columns).map(table => [table, []])) as unknown as Rows
}

export async function writeRows(client: pg.ClientBase, rows: Rows): Promise<number> {
  let written = 0
  for (const [table, list] of Object.entries(columns)) {
    const set = rows[table as Table]
    if (set.length > 0) written += await copyRows(client, table, list.split(' '), set)
  }
  return written
}

/** Rows in the words of COPY, as bytes that can move between threads. */
export type TextChunk = {
  readonly bytes: Readonly<Partial<Record<Table, Uint8Array>>>
  readonly counts: Readonly<Partial<Record<Table, number>>>
}
type GrowingText = {
  readonly bytes: Partial<Record<Table, Uint8Array>>
  readonly counts: Partial<Record<Table, number>>
  readonly lengths: Partial<Record<Table, number>>
}

const widths = Object.entries(columns).map(
  ([table, list]) => [table as Table, list.split(' ').length] as const,
)
const encoder = new TextEncoder()

export const emptyText = (): GrowingText => ({ bytes: {}, counts: {}, lengths: {} })

/** Turned into bytes at once: long texts kept as strings cost the collector more than everything else together. */
export function addText({ bytes, counts, lengths }: GrowingText, rows: Rows): void {
  for (const [table, width] of widths) {
    const set = rows[table]
    if (set.length === 0) continue
    const text = linesOf(set, width)
    const at = lengths[table] ?? 0
    const into = withRoom(bytes[table], at, text.length * 3)
    bytes[table] = into
    lengths[table] = at + encoder.encodeInto(text, into.subarray(at)).written
    counts[table] = (counts[table] ?? 0) + set.length
  }
}

function withRoom(held: Uint8Array | undefined, used: number, more: number): Uint8Array {
  if (held && held.length >= used + more) return held
  const grown = new Uint8Array(Math.max(4_096, 2 * (used + more)))
  if (held) grown.set(held.subarray(0, used))
  return grown
}

export function sealText({ bytes, counts, lengths }: GrowingText): TextChunk {
  const sealed: Partial<Record<Table, Uint8Array>> = {}
  for (const [table, held] of Object.entries(bytes))
    sealed[table as Table] = held.subarray(0, lengths[table as Table])
  return { bytes: sealed, counts }
}

export async function writeText(client: pg.ClientBase, { bytes }: TextChunk): Promise<number> {
  let written = 0
  for (const [table, list] of Object.entries(columns)) {
    const text = bytes[table as Table]
    if (text) written += await copyText(client, table, list.split(' '), text)
  }
  return written
}

/** After explicit ids, every identity goes on behind the highest one. */
export async function bumpIdentities(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ sequence: string; target: string; col: string }>(`
    select pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence,
      format('%I.%I', n.nspname, c.relname) as target, a.attname as col
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attidentity = 'd' and not a.attisdropped and c.relkind = 'r' and n.nspname <> 'graphile_worker'`)
  for (const { sequence, target, col } of rows) {
    await client.query(
      `select setval('${sequence}', greatest((select coalesce(max(${col}), 0) from ${target}), 99) + 1, false)`,
    )
  }
}
