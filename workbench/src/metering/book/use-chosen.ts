/** What was chosen with X: one by one, or a stretch with Shift. */
import { useState } from 'react'
import type { ExceptionId, ExceptionLine } from './shapes.ts'

export type Chosen = {
  readonly ids: ReadonlySet<ExceptionId>
  /** Those still in the list. */
  readonly lines: readonly ExceptionLine[]
  toggle(id: ExceptionId, throughTo?: boolean): void
  choose(ids: Iterable<ExceptionId>): void
}

export function useChosen(lines: readonly ExceptionLine[]): Chosen {
  const [ids, setIds] = useState<ReadonlySet<ExceptionId>>(new Set())
  const [anchor, setAnchor] = useState<ExceptionId | null>(null)
  const at = (id: ExceptionId | null) => lines.findIndex(line => line.exceptionId === id)
  const toggle = (id: ExceptionId, throughTo = false) => {
    const next = new Set(ids)
    const [from, to] = [at(anchor), at(id)].sort((a, b) => a - b)
    if (throughTo && anchor !== null && from! >= 0)
      for (const line of lines.slice(from, to! + 1)) next.add(line.exceptionId)
    else if (!next.delete(id)) next.add(id)
    setIds(next)
    setAnchor(id)
  }
  return {
    ids,
    lines: lines.filter(line => ids.has(line.exceptionId)),
    toggle,
    choose: chosen => setIds(new Set(chosen)),
  }
}
