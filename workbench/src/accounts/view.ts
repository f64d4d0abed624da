/** The answer of the one request behind the account page, and its parts. */
import type { Output } from '@curbstop/kernel/endpoint'
import type { reports } from '@curbstop/server/contract/staff'

export type View = Output<typeof reports.getAccount360>
export type TimelineRow = View['timeline'][number]
export type OrderRow = View['orders'][number]

/** What a page can be asked to open over itself. */
export type Opened =
  | { what: 'order'; kind?: string; instructions?: string }
  | { what: 'what-if' | 'leak' | 'alert' | 'hold' | 'task' }
