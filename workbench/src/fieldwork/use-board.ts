/** The board as it is filtered now; the filters stay while walking through the orders. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { asId } from '@curbstop/kernel/ids'
import { fieldwork } from '@curbstop/server/contract/staff'
import { useAsk } from '../shell/ask.ts'
import { useKept } from '../shell/kept.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'

type Asked = Input<typeof fieldwork.getBoard>

export function useBoard() {
  const [state, setState] = useKept<string>('orders.state', '')
  const [assignedTo, setAssignedTo] = useKept<string>('orders.with', '')
  const [kind, setKind] = useKept<string>('orders.kind', '')
  const [dueOn, setDueOn] = useKept<string>('orders.due', '')
  const narrow: Asked = {
    ...(assignedTo ? { assignedTo: assignedTo === 'nobody' ? 'nobody' : asId<'person'>(assignedTo) } : {}),
    ...(kind ? { kind: kind as NonNullable<Asked['kind']> } : {}),
    ...(dueOn ? { dueOn: dueOn as LocalDate } : {}),
  }
  const asked = useAsk(
    fieldwork.getBoard,
    { ...narrow, ...(state ? { state: state as NonNullable<Asked['state']> } : {}) },
    { keepPrevious: true },
  )
  const all = useAsk(fieldwork.getBoard, narrow, { keepPrevious: true })
  return {
    asked,
    counts: all.data?.counts ?? [],
    state,
    setState,
    assignedTo,
    setAssignedTo,
    kind,
    setKind,
    dueOn: (dueOn || null) as LocalDate | null,
    setDueOn: (on: LocalDate | null) => setDueOn(on ?? ''),
  }
}

/** What every change of an order refreshes: the board, the order, the account, the tasks it may have made. */
export const useRefreshOrders = () => useRefreshArea('fieldwork', 'reports', 'desk', 'metering')
