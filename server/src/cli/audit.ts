/** `curbstop audit verify`: recomputes every seal and names the first that does not hold. */
import { createHash } from 'node:crypto'
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

export async function auditCommand(args: string[]): Promise<number> {
  if (args[0] !== 'verify') throw new UsageError('Usage: npx curbstop audit verify [--json]')
  return withExistingDatabase(async client => {
    const { rows: seals } = await client.query<Seal>(
      'select seal_no, upto_xid::text, entries, previous, root, hash from audit.seal order by seal_no',
    )
    let low = '0'
    let last: Buffer | null = null
    for (const seal of seals) {
      const { rows } = await client.query<Recomputed>(
        'select * from audit.root_between($1::xid8, $2::xid8)',
        [low, seal.upto_xid],
      )
      const why = whyBroken(seal, rows[0]!, last)
      if (why) {
        report(
          args,
          { ok: false, seal: String(seal.seal_no), why },
          `Seal ${seal.seal_no} does not hold: ${why}.`,
        )
        return 1
      }
      low = seal.upto_xid
      last = seal.hash
    }
    const covered = seals.reduce((sum, seal) => sum + seal.entries, 0n)
    report(
      args,
      { ok: true, seals: seals.length, entries: String(covered) },
      `${seals.length} seals hold over ${covered} entries.`,
    )
    return 0
  })
}

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
