/** The due time an order would get (SO-028), from the same command rolled back. */
import type { Instant } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { fieldwork } from '@curbstop/server/contract/staff'
import { useEffect, useState } from 'react'
import { call } from '../shell/call.ts'

const restMs = 300

export function useDuePreview(order: Input<typeof fieldwork.makeOrder> | null): Instant | null {
  const [dueAt, setDueAt] = useState<Instant | null>(null)
  const { kind, wantedOn, wantedFrom, wantedTo } = order ?? {}
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what moves the due time asks again, not each typed word
  useEffect(() => {
    if (!order) return
    let isOver = false
    const timer = setTimeout(() => {
      call(fieldwork.makeOrder, order, { rehearse: true }).then(
        answer => isOver || setDueAt(answer.order.dueAt),
        () => isOver || setDueAt(null),
      )
    }, restMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [kind, wantedOn, wantedFrom, wantedTo])
  return dueAt
}
