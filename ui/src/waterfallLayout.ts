import { type Cents, formatCents } from '@curbstop/kernel/money'

export type WaterfallBar = {
  kind: 'total' | 'more' | 'less'
  slotX: number
  slot: number
  x: number
  y: number
  width: number
  height: number
  /** Where the line to the next bar runs. */
  levelY: number
  /** Where zero stands, and where the words under the bars begin. */
  zeroY: number
  baseY: number
  text: string
}

type Steps = { start: { cents: Cents }; steps: readonly { cents: Cents }[]; end: { cents: Cents } }

/** `+41.90` for a change, `$212.40` for a total. */
export function waterfallText(cents: Cents, total: boolean): string {
  const amount = formatCents(cents < 0n ? -cents : cents)
  if (total) return cents < 0n ? `($${amount})` : `$${amount}`
  return cents < 0n ? `−${amount}` : `+${amount}`
}

/** Bars on one zero-based scale; a level below zero (a credit) hangs under the axis of the others' zero. */
export function waterfallBars(
  data: Steps,
  room: { width: number; top: number; bottom: number },
): WaterfallBar[] {
  const levels = [Number(data.start.cents)]
  for (const step of data.steps) levels.push(levels.at(-1)! + Number(step.cents))
  const highest = Math.max(0, ...levels, Number(data.end.cents))
  const lowest = Math.min(0, ...levels, Number(data.end.cents))
  const span = highest - lowest || 1
  const yOf = (cents: number) => room.bottom - ((cents - lowest) / span) * (room.bottom - room.top)
  const count = data.steps.length + 2
  const slot = room.width / count
  const width = Math.min(110, slot * 0.83)
  const bar = (
    index: number,
    from: number,
    to: number,
    kind: WaterfallBar['kind'],
    text: string,
  ): WaterfallBar => ({
    kind,
    slotX: slot * index,
    slot,
    x: slot * index + (slot - width) / 2,
    y: Math.min(yOf(from), yOf(to)),
    width,
    height: Math.abs(yOf(from) - yOf(to)),
    levelY: yOf(to),
    zeroY: yOf(0),
    baseY: room.bottom,
    text,
  })
  return [
    bar(0, 0, levels[0]!, 'total', waterfallText(data.start.cents, true)),
    ...data.steps.map((step, index) =>
      bar(
        index + 1,
        levels[index]!,
        levels[index + 1]!,
        step.cents < 0n ? 'less' : 'more',
        waterfallText(step.cents, false),
      ),
    ),
    bar(count - 1, 0, Number(data.end.cents), 'total', waterfallText(data.end.cents, true)),
  ]
}
