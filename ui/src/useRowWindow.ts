import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { rowsInSight } from './tableTypes.ts'

type WindowOptions = { total: number; enabled: boolean; openIndex: number }

const worthIt = 200
const rowHeight = 28

// The place is told in steps of a few rows, well within the spare ones: most scrolling draws nothing anew.
const stride = 6 * rowHeight

const viewOf = (element: HTMLElement) => ({
  top: Math.floor(element.scrollTop / stride) * stride,
  height: element.clientHeight + stride,
})

/**
 * Draws only the rows in sight of a long table. Rows are 28 px by design; an unfolded detail is measured and its
 * height given back to the count of rows before it, so nothing jumps while scrolling.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, options: WindowOptions) {
  const { total, openIndex } = options
  const windowed = options.enabled && total > worthIt
  const [view, setView] = useState({ top: 0, height: 600 })
  const [detailHeight, setDetailHeight] = useState(0)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!windowed || !element) return
    const measure = () => setView(viewOf(element))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [windowed, scroller])

  const onScroll = useCallback(() => {
    const element = scroller.current
    if (!windowed || !element) return
    const next = viewOf(element)
    setView(last => (last.top === next.top && last.height === next.height ? last : next))
  }, [windowed, scroller])

  const detailRef = useCallback((row: HTMLTableRowElement | null) => {
    if (row) setDetailHeight(row.offsetHeight)
  }, [])

  const passed = openIndex >= 0 && view.top > openIndex * rowHeight
  const top = passed ? Math.max(openIndex * rowHeight, view.top - detailHeight) : view.top
  const seen = rowsInSight(total, { top, height: view.height, row: rowHeight })
  const openAbove = windowed && openIndex >= 0 && openIndex < seen.first
  const openBelow = windowed && openIndex >= seen.last

  const reveal = (index: number) => {
    const element = scroller.current
    if (!windowed || !element) return
    const start = index * rowHeight + (openIndex >= 0 && index > openIndex ? detailHeight : 0)
    const room = element.clientHeight - 2 * rowHeight
    if (start < element.scrollTop) element.scrollTop = start
    else if (start > element.scrollTop + room) element.scrollTop = start - room
  }

  if (!windowed)
    return {
      windowed,
      first: 0,
      last: total,
      before: 0,
      after: 0,
      height: undefined,
      onScroll,
      detailRef,
      reveal,
    }
  return {
    windowed,
    ...seen,
    before: seen.before + (openAbove ? detailHeight : 0),
    after: seen.after + (openBelow ? detailHeight : 0),
    // Held apart from the rows: while they are exchanged the table is shorter, and the place would be lost.
    height: (total + 1) * rowHeight + (openIndex >= 0 ? detailHeight : 0),
    onScroll,
    detailRef,
    reveal,
  }
}
