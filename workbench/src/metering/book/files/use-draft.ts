/** A file that was chosen and not sent yet: its format and columns as far as its first lines tell them. */
import {
  type CsvMapping,
  csvHead,
  guessFormat,
  mappingFaults,
  type ReadFileFormat,
  suggestMapping,
} from '@curbstop/server/contract/staff'
import { useState } from 'react'

export type Draft = {
  readonly file: File
  readonly guessed: ReadFileFormat | null
  readonly format: ReadFileFormat | null
  /** Header and first rows of a CSV. */
  readonly head: readonly (readonly string[])[]
  readonly mapping: CsvMapping
}

const headBytes = 64 * 1024
const rowsShown = 6
const noColumns: CsvMapping = { columns: {} }

export function useDraft() {
  const [draft, setDraft] = useState<Draft | null>(null)
  const take = async (file: File) => setDraft(await draftOf(file))
  const change = (part: Partial<Pick<Draft, 'format' | 'mapping'>>) =>
    setDraft(known => known && { ...known, ...part })
  return { draft, take, change, clear: () => setDraft(null) }
}

async function draftOf(file: File): Promise<Draft> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (isPacked) return { file, guessed: null, format: null, head: [], mapping: noColumns }
  const guessed = guessFormat(new TextDecoder().decode(bytes))
  const head = await csvHead(bytes, rowsShown).catch(() => [])
  return { file, guessed, format: guessed, head, mapping: suggestMapping(head[0] ?? []) }
}

/** What is still missing before it can be read as a CSV, in words. A packed one is told by its header on arrival. */
export const faultsOf = ({ format, head, mapping }: Draft): readonly string[] =>
  format === 'csv' && head.length > 0 ? mappingFaults(mapping, head[0] ?? []) : []
