import type { Input } from '@curbstop/kernel/endpoint'
import { asId } from '@curbstop/kernel/ids'
import { fieldwork } from '@curbstop/server/contract/staff'
import { RadioGroup, Select, TextArea, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import { useFieldPeople } from './OrderFilters.tsx'
import type { Order } from './order-words.ts'
import { useRefreshOrders } from './use-board.ts'

type OneProps = { order: Order; onClose: () => void }

/** Gives the order to a field representative, or takes it back to the board (SO-034). */
export function AssignDialog({ order, onClose }: OneProps) {
  const t = useWords('orders')
  const toasts = useToast()
  const refresh = useRefreshOrders()
  const people = useFieldPeople()
  const asked = useDo(fieldwork.assignOrder)
  const [chosen, setWho] = useState<string | null>(order.assignedToId ? String(order.assignedToId) : null)
  const who = chosen ?? (people[0] ? String(people[0].personId) : 'nobody')
  const [note, setNote] = useState('')
  const submit = () =>
    asked.mutate(
      {
        orderId: order.orderId,
        version: order.version,
        personId: who === 'nobody' ? null : asId<'person'>(who),
        ...(note.trim() ? { note } : {}),
      },
      {
        onSuccess: ({ order: done }) => {
          refresh()
          const name = done.assignedTo
          toasts.show({ text: name ? t('dialog.assigned', { name }) : t('dialog.takenBack') })
          onClose()
        },
      },
    )
  return (
    <ActForm
      title={t('dialog.assignTitle')}
      doIt={t('dialog.assignDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['personId', 'note']}
    >
      <Select
        label={t('dialog.person')}
        name="personId"
        options={[
          ...people.map(one => ({ id: String(one.personId), label: one.name })),
          { id: 'nobody', label: t('dialog.takeBack') },
        ]}
        value={who}
        onChange={setWho}
        autoFocus
      />
      <TextField label={t('dialog.assignNote')} name="note" optional value={note} onChange={setNote} />
    </ActForm>
  )
}

type Unable = Input<typeof fieldwork.reportUnable>['unableCode']
const codes: readonly Unable[] = [
  'no-access',
  'dog',
  'buried',
  'locked-gate',
  'wrong-meter',
  'valve-broken',
  'customer-refused',
  'unsafe',
]

/** The work could not be done, and why (SO-032). */
export function UnableDialog({ order, onClose }: OneProps) {
  const t = useWords('orders')
  const toasts = useToast()
  const refresh = useRefreshOrders()
  const asked = useDo(fieldwork.reportUnable)
  const [unableCode, setCode] = useState<Unable>('no-access')
  const [note, setNote] = useState('')
  const submit = () =>
    asked.mutate(
      { orderId: order.orderId, version: order.version, unableCode, note },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('dialog.unableDone', { why: t(`unable.${unableCode}`) }) })
          onClose()
        },
      },
    )
  return (
    <ActForm
      title={t('dialog.unableTitle')}
      doIt={t('dialog.unableDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['unableCode', 'note']}
    >
      <RadioGroup
        label={t('dialog.unableCode')}
        name="unableCode"
        inline
        options={codes.map(id => ({ id, label: t(`unable.${id}`) }))}
        value={unableCode}
        onChange={setCode}
      />
      <TextArea
        label={t('dialog.unableNote')}
        name="note"
        value={note}
        onChange={setNote}
        rows={3}
        autoFocus
      />
    </ActForm>
  )
}
