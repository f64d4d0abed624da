/** Judged reads into the database: reads first, then what must be looked at, with the rules that say so. */
import type { Finding } from '../../domain/validation/findings.ts'
import * as store from '../../store/loading.ts'
import type { JudgedRead, Load } from './batch.ts'

export async function writeJudged(load: Load, taken: readonly JudgedRead[]): Promise<void> {
  const { ctx, fileId, source, tally } = load
  if (taken.length === 0) return
  const rows: store.Row[] = taken.map(({ read, known, value, judged }) => [
    known.row.meterId,
    known.row.registerNo,
    read.readOn,
    value,
    judged.passedZero,
    read.kind,
    source,
    read.note,
    fileId,
    read.reader,
  ])
  await store.copyReads(ctx.tx, rows)
  const doubtful = taken.filter(needsLook)
  if (doubtful.length === 0) return
  const readIds = await store.findReadIds(ctx.tx, fileId, doubtful.map(keyOf))
  const odd = doubtful.map((one, at) => ({ ...one, readId: readIds[at]! }))
  const numbers = await store.takeExceptionIds(ctx.tx, odd.length)
  tally.exceptions += odd.length
  await store.copyExceptions(
    ctx.tx,
    odd.map((one, at) => exceptionRow(one, { number: numbers[at]!, fileId })),
  )
  const findings = odd.flatMap((one, at) =>
    one.judged.findings.map((finding, no) => findingRow(finding, { exception: numbers[at]!, no, load })),
  )
  await store.copyFindings(ctx.tx, findings)
}

const keyOf = ({ read, known: { row } }: JudgedRead): store.ReadKey => ({
  meterId: row.meterId,
  registerNo: row.registerNo,
  readOn: read.readOn,
})

const needsLook = ({ judged }: JudgedRead): boolean =>
  judged.findings.some(finding => finding.severity !== 'note')

type Odd = JudgedRead & { readonly readId: bigint }

function exceptionRow(
  { read, known, judged, onAccount, readId }: Odd,
  { number, fileId }: { readonly number: bigint; readonly fileId: bigint },
): store.Row {
  const { findings } = judged
  const atStake = findings.reduce(
    (most, { dollarsAtStake }) => (dollarsAtStake > most ? dollarsAtStake : most),
    0n,
  )
  return [
    number,
    known.row.servicePointId,
    known.row.meterId,
    known.row.registerNo,
    readId,
    known.facts.bookId,
    onAccount,
    read.readOn,
    'read',
    findings[0]!.rule,
    findings.some(finding => finding.blocksBilling),
    atStake,
    judged.gallons,
    judged.expectedGallons,
    fileId,
    read.reader,
  ]
}

function findingRow(
  finding: Finding,
  { exception, no, load }: { readonly exception: bigint; readonly no: number; readonly load: Load },
): store.Row {
  return [
    exception,
    no + 1,
    finding.rule,
    load.limits.versions.get(finding.rule) ?? null,
    finding.code,
    finding.severity,
    finding.dollarsAtStake,
    finding.measured,
    finding.limit,
    finding.suggestion.act,
    JSON.stringify({ ...finding.facts, unit: finding.unit, suggestion: finding.suggestion }, amountsAsText),
  ]
}

/** JSON knows no bigint; cents are text on the wire too. */
const amountsAsText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value
