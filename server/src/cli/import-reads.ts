/** `curbstop import reads --format F FILE`: a file of reads, whole or not at all. */
import { basename } from 'node:path'
import { DomainError } from '@curbstop/kernel/errors'
import { type LoadedFile, loadFile, readFileFormats } from '../modules/metering/index.ts'
import { systemActor } from '../platform/context.ts'
import { unpackedFile } from '../platform/files/spool.ts'
import { report, UsageError } from './database.ts'
import { withHand } from './hand.ts'
import { askedOf } from './inspect.ts'
import { beginSmall } from './small-heap.ts'

const usage = `Usage: npx curbstop import reads --format F FILE [--strict] [--json], and the options of inspect
  F: ${readFileFormats.join(', ')}`

export async function importReadsCommand(args: string[]): Promise<number> {
  beginSmall()
  const asked = askedOf(args, ['--json', '--strict'])
  if (typeof asked === 'string') throw new UsageError(`${asked}\n\n${usage}`)
  const { file: path, format, json } = asked
  return withHand('metering.import-reads', async (hand, { timeZone }) => {
    // Stamps without a zone are the district's own, unless somebody says otherwise.
    const options = args.some(arg => arg.startsWith('--zone'))
      ? asked.options
      : { ...asked.options, zone: timeZone }
    try {
      const loaded = await loadFile(hand, {
        name: basename(path),
        format,
        options,
        open: () => unpackedFile(path),
        by: systemActor.personId,
        strict: args.includes('--strict'),
        onProgress: ({ doneBytes, bytes, rows }) =>
          process.stderr.write(`\r${Math.round((doneBytes / Math.max(1, bytes)) * 100)} %, ${rows} rows `),
      })
      report(
        args,
        {
          verdict: verdictOf(loaded),
          ...loaded.counts,
          fileId: String(loaded.fileId),
          problems: loaded.problems.slice(0, 100),
        },
        sentenceOf(loaded),
      )
      return 0
    } catch (error) {
      if (!(error instanceof DomainError) || !json) throw error
      const { line, in: field } = error.facts
      const place = { line: Number(line ?? 0), field: String(field ?? 'file') }
      report(args, { verdict: 'rejected', errors: [{ ...place, message: error.message }] }, '')
      return 1
    }
  })
}

const verdictOf = ({ counts }: LoadedFile) => (counts.refused > 0 ? 'accepted-with-exceptions' : 'accepted')

function sentenceOf({ counts, problems }: LoadedFile): string {
  const { rows, meters, reads, intervals, repeated, refused, exceptions } = counts
  const first = problems.slice(0, 5).map(({ line, message }) => `  line ${line}: ${message}`)
  return [
    `${rows} rows of ${meters} meters: ${reads} reads and ${intervals} hours taken, ${repeated} delivered before, ` +
      `${refused} not taken. ${exceptions} reads want a look.`,
    ...first,
    ...(problems.length > first.length ? [`  and ${refused - first.length} more`] : []),
  ].join('\n')
}
