/** `curbstop audit verify`: recomputes every seal and names the first that does not hold, and what it covers. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { report, UsageError, withExistingDatabase } from './database.ts'

type Seal = {
  seal_no: bigint
  upto_xid: string
  entries: bigint
  previous: Buffer | null
  root: Buffer
  hash: Buffer
}
type Recomputed = { entries: bigint; root: Buffer }
type Covered = { first: bigint | null; last: bigint | null; since: string | null; until: string | null }

export type Verdict =
  | { readonly ok: true; readonly seals: number; readonly entries: bigint; readonly unsealed: bigint }
  | { readonly ok: false; readonly seal: bigint; readonly why: string; readonly covers: Covered }

export async function auditCommand(args: string[]): Promise<number> {
  if (args[0] !== 'verify') throw new UsageError('Usage: npx curbstop audit verify [--json]')
  return withExistingDatabase(async client => {
    const verdict = await verifySeals(client)
    if (!verdict.ok) {
      const { seal, why, covers } = verdict
      const facts = { ok: false, seal: String(seal), why, ...plain(covers) }
      report(args, facts, `Seal ${seal} does not hold: ${why}${wordsOf(covers)}.`)
      return 1
    }
    const { seals, entries, unsealed } = verdict
    const waiting = unsealed > 0n ? ` ${unsealed} newer ones wait for their seal.` : ''
    const facts = { ok: true, seals, entries: String(entries), unsealed: String(unsealed) }
    report(args, facts, `${seals} seals hold over ${entries} entries.${waiting}`)
    return 0
  })
}

/** Read-only. Where a seal breaks the search ends: those after it are built on it. */
export async function verifySeals(client: pg.Client): Promise<Verdict> {
  const { rows: seals } = await client.query<Seal>(
    'select seal_no, upto_xid::text, entries, previous, root, hash from audit.seal order by seal_no',
  )
  let low = '0'
  let last: Buffer | null = null
  for (const seal of seals) {
    const { rows } = await client.query<Recomputed>('select * from audit.root_between($1::xid8, $2::xid8)', [
      low,
      seal.upto_xid,
    ])
    const why = whyBroken(seal, rows[0]!, last)
    if (why)
      return { ok: false, seal: seal.seal_no, why, covers: await coveredBy(client, low, seal.upto_xid) }
    low = seal.upto_xid
    last = seal.hash
  }
  const { rows } = await client.query<{ n: bigint }>(
    'select count(*) n from audit.entry where xid >= $1::xid8',
    [low],
  )
  const entries = seals.reduce((sum, seal) => sum + seal.entries, 0n)
  return { ok: true, seals: seals.length, entries, unsealed: rows[0]!.n }
}

async function coveredBy(client: pg.Client, low: string, high: string): Promise<Covered> {
  const { rows } = await client.query<Covered>(
    `select min(entry_id) first, max(entry_id) last, min(at)::text since, max(at)::text until
     from audit.entry where xid >= $1::xid8 and xid < $2::xid8`,
    [low, high],
  )
  return rows[0]!
}

const plain = ({ first, last, since, until }: Covered) => ({
  firstEntry: first === null ? null : String(first),
  lastEntry: last === null ? null : String(last),
  since,
  until,
})

const wordsOf = ({ first, last, since, until }: Covered): string =>
  first === null ? '' : ` (entries ${first} to ${last}, ${since} to ${until})`

function whyBroken(seal: Seal, seen: Recomputed, last: Buffer | null): string | null {
  if (seen.entries !== seal.entries) return `it covers ${seal.entries} entries, but ${seen.entries} are there`
  if (!seen.root.equals(seal.root)) return 'an entry under it was changed'
  if ((seal.previous ?? Buffer.alloc(0)).compare(last ?? Buffer.alloc(0)) !== 0)
    return 'it does not follow the seal before it'
  const hash = createHash('sha256')
    .update(last ?? Buffer.alloc(0))
    .update(seal.root)
    .update(`${seal.upto_xid}${seal.entries}`)
    .digest()
  return hash.equals(seal.hash) ? null : 'its own hash is wrong'
}
