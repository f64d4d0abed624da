import type { ReactNode } from 'react'

export type PaymentMark = 'on-time' | 'late' | 'missed' | 'returned' | 'open'

export type UsagePoint = {
  id: string
  /** One or two letters under the bar: `D`. */
  label: string
  /** Its full name in sentences and the table: `Dec 2025`. */
  title: string
  /** Per day, in the unit shown. Null: no figure, which is not zero. */
  value: number | null
  lastYear?: number | null
  budget?: number | null
  /** From where to where the use of these days is usual. */
  band?: { low: number; high: number } | null
  /** What comparable users used. */
  peer?: number | null
  /** On its own scale, such as ET or rain. */
  secondary?: number | null
  estimated?: boolean
  highlighted?: boolean
  payment?: { mark: PaymentMark; text: string } | null
  /** Whatever else belongs to the period, read out after the figures. */
  note?: string
}

export type UsageEvent = {
  id: string
  /** The period it happened in. */
  at: string
  /** Where in the period, 0 its beginning to 1 its end. */
  within?: number
  label: string
  /** The whole sentence, for the table and for ears. */
  text?: ReactNode
  tone?: 'quiet' | 'amber'
}

export type Axis = { top: number; ticks: number[] }

/** A zero-based axis with round ticks, 1, 2, 2.5 or 5 times a power of ten; the largest figure fills the room. */
export function zeroAxis(largest: number, wanted = 5): Axis {
  if (!(largest > 0)) return { top: 1, ticks: [0, 1] }
  const rough = largest / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map(times => times * power).find(size => size >= rough * 0.999)!
  const count = Math.floor(largest / step)
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
  return { top: largest * 1.03, ticks }
}

export type Plot = {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
  /** Room of one period. */
  slot: number
  bar: number
  /** Every how many periods a label fits. */
  every: number
}

export const labelBand = 18
export const paymentBand = 24

/** Where everything stands for so many periods in so much room. */
export function plotOf(
  count: number,
  room: { width: number; height: number; payments: boolean; secondary: boolean; events: number },
): Plot {
  const left = 42
  const right = room.width - (room.secondary ? 40 : 4)
  const top = room.events > 0 ? 22 : 8
  const bottom = room.height - labelBand - (room.payments ? paymentBand : 0)
  const slot = (right - left) / Math.max(1, count)
  const bar = Math.max(2, Math.min(64, slot * 0.78))
  return { ...room, left, right, top, bottom, slot, bar, every: Math.max(1, Math.ceil(13 / slot)) }
}

export const centerOf = (plot: Plot, index: number): number => plot.left + plot.slot * (index + 0.5)

export const yOf = (plot: Plot, axis: Axis, value: number): number =>
  plot.bottom - (Math.max(0, value) / axis.top) * (plot.bottom - plot.top)

/** A stair from period to period; a period without a figure is a gap. */
export function stepPath(plot: Plot, axis: Axis, values: readonly (number | null | undefined)[]): string {
  let path = ''
  let pen = false
  values.forEach((value, index) => {
    if (value == null) {
      pen = false
      return
    }
    const start = (plot.left + plot.slot * index).toFixed(1)
    const end = (plot.left + plot.slot * (index + 1)).toFixed(1)
    const y = yOf(plot, axis, value).toFixed(1)
    path += pen ? `V${y}H${end}` : `M${start} ${y}H${end}`
    pen = true
  })
  return path
}

/** A line through the middles of the periods; a period without a figure is a gap. */
export function linePath(plot: Plot, axis: Axis, values: readonly (number | null | undefined)[]): string {
  let path = ''
  let pen = false
  values.forEach((value, index) => {
    if (value == null) {
      pen = false
      return
    }
    path += `${pen ? 'L' : 'M'}${centerOf(plot, index).toFixed(1)} ${yOf(plot, axis, value).toFixed(1)}`
    pen = true
  })
  return path
}

export type EventPlace = UsageEvent & {
  x: number
  textX: number
  anchor: 'start' | 'middle' | 'end'
  row: number
}

/** Labels of events beside their pins, a row lower where two would touch; what needs a person is placed first. */
export function placeEvents(
  plot: Plot,
  points: readonly UsagePoint[],
  events: readonly UsageEvent[],
): EventPlace[] {
  const taken: { row: number; from: number; to: number }[] = []
  return events
    .map(event => ({ event, index: points.findIndex(point => point.id === event.at) }))
    .filter(entry => entry.index >= 0)
    .map(({ event, index }) => ({ event, x: plot.left + plot.slot * (index + (event.within ?? 0)) }))
    .sort((a, b) => Number(b.event.tone === 'amber') - Number(a.event.tone === 'amber') || a.x - b.x)
    .map(({ event, x }) => {
      const wide = event.label.length * 6.2 + 10
      const anchor = x + wide > plot.right ? 'end' : 'start'
      const from = anchor === 'end' ? x - wide : x
      const isFree = (row: number) => !taken.some(t => t.row === row && from < t.to && from + wide > t.from)
      const row = isFree(0) ? 0 : isFree(1) ? 1 : -1
      if (row >= 0) taken.push({ row, from, to: from + wide })
      return { ...event, x, textX: anchor === 'end' ? x - 6 : x + 6, anchor, row }
    })
}
