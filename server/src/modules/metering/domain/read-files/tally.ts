/** What a reader counts on the way and states at the end of the file. */

import { fatalError } from './damage.ts'
import type { Control, FileError } from './kinds.ts'

export type Tally = { rows: number; readonly controls: Control[] }

/** Keeps the pair and says so when it does not prove. */
export function prove(
  tally: Tally,
  control: Control,
  place: { readonly line: number; readonly field: string },
): FileError[] {
  tally.controls.push(control)
  if (control.said === control.found) return []
  const { name, said, found } = control
  return [
    fatalError(place.line, place.field, `Line ${place.line} says ${said} ${name}, but there are ${found}.`),
  ]
}
