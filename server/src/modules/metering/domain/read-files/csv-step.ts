/**
 * How long the intervals of a plain CSV are, when neither its columns nor a mapping say so: told by how far the stamps
 * of each meter lie apart. Four quarters of an hour read as four whole hours would count each drop four times.
 */
import type { FileRecord, IntervalRead } from './kinds.ts'

/** Records held while no two stamps of one meter have come. */
const mostHeld = 50_000
const hour = 3600
const parts = [60, 300, 360, 600, 720, 900, 1200, 1800]
const multiples = [7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400]

/** `isTold`: asked after the first batch, when the header is known. */
export async function* ownSteps(
  batches: AsyncGenerator<FileRecord[]>,
  { label, isTold }: { readonly label: 'start' | 'end'; readonly isTold: () => boolean },
): AsyncGenerator<FileRecord[]> {
  const gaps = gapsOf(label)
  let held: FileRecord[][] = []
  let count = 0
  let step: number | null = null
  for await (const batch of batches) {
    if (isTold()) step = hour
    if (step !== null) {
      yield stretched(batch, step, label)
      continue
    }
    held.push(batch)
    count += batch.length
    gaps.see(batch)
    if (!gaps.any() && count < mostHeld) continue
    step = gaps.step()
    for (const one of held) yield stretched(one, step, label)
    held = []
  }
  for (const one of held) yield stretched(one, gaps.step(), label)
}

const isAssumed = (record: FileRecord): record is IntervalRead =>
  record.is === 'interval' && record.channel === 'interval' && record.seconds === hour

function gapsOf(label: 'start' | 'end') {
  const last = new Map<string, number>()
  const times = new Map<number, number>()
  return {
    see(batch: readonly FileRecord[]): void {
      for (const record of batch) {
        if (!isAssumed(record)) continue
        const name = record.meter || record.account || ''
        const at = label === 'start' ? record.startsAt : record.endsAt
        const before = last.get(name)
        last.set(name, at)
        const gap = before === undefined ? 0 : Math.abs(at - before)
        // Clocks of radios drift by seconds.
        if (gap > 0) times.set(near(gap), (times.get(near(gap)) ?? 0) + 1)
      }
    },
    any: () => times.size > 0,
    step(): number {
      const [most] = [...times].sort((a, b) => b[1] - a[1] || a[0] - b[0])
      if (!most) return hour
      const [gap, seen] = most
      if (parts.includes(gap)) return gap
      // Two hours apart may be an hour that was not heard; longer steps want every stamp to say so.
      return multiples.includes(gap) && times.size === 1 && seen >= 3 ? gap : hour
    },
  }
}

/** The whole step that a gap means; clocks that are set make a day of 23 or 25 hours. */
function near(gap: number): number {
  if (gap >= 82_800 && gap <= 90_000) return 86_400
  return [...parts, hour, ...multiples].find(step => Math.abs(step - gap) <= step * 0.02) ?? gap
}

function stretched(batch: FileRecord[], step: number, label: 'start' | 'end'): FileRecord[] {
  if (step === hour) return batch
  return batch.map(record => {
    if (record.is === 'interval' && record.channel === 'register') return { ...record, every: step }
    if (!isAssumed(record)) return record
    const { startsAt, endsAt } = record
    const span =
      label === 'start' ? { startsAt, endsAt: startsAt + step } : { startsAt: endsAt - step, endsAt }
    return { ...record, ...span, seconds: step }
  })
}
