/** What stands on a bench sheet while it is filled in. */
import { type Point, points } from './shapes.ts'

export type Typed = {
  readonly gpm: number | null
  readonly through: number | null
  readonly registered: number | null
}
export type Sheet = Readonly<Record<Point, Typed>>
export type Run = { point: Point; gpm: number; throughGallons: number; registeredGallons: number }

/** The flows that the size asks for stand there already. */
export function emptySheet([low = null, intermediate = null, high = null]: readonly (
  | number
  | null
)[]): Sheet {
  const typed = (gpm: number | null): Typed => ({ gpm, through: null, registered: null })
  return { low: typed(low), intermediate: typed(intermediate), high: typed(high) }
}

export function runOf(point: Point, { gpm, through, registered }: Typed): Run | null {
  if (gpm === null || gpm <= 0 || through === null || through <= 0 || registered === null) return null
  return { point, gpm, throughGallons: through, registeredGallons: registered }
}

/** All three, or null: nothing is judged as a whole before. */
export function runsOf(sheet: Sheet): Run[] | null {
  const runs = points.flatMap(point => runOf(point, sheet[point]) ?? [])
  return runs.length === points.length ? runs : null
}
