import { useCallback, useState } from 'react'

/** The width a drawing has, so that its letters stay letters: one unit of the view box is one pixel. */
export function useWidth<E extends HTMLElement>(initial: number): [(element: E | null) => void, number] {
  const [width, setWidth] = useState(initial)
  const watch = useCallback((element: E | null) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [watch, width]
}
