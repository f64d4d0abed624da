import type { LocalDate } from '@curbstop/kernel/dates'
import { customers } from '@curbstop/server/contract/staff'
import { DateField, TextField, useToast, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { useRefreshCustomer } from './use-change.ts'

/** Mail came back: the next caller is asked for a better address. */
export function MailReturnedDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useWords('customers')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.markMailReturned)
  const [on, setOn] = useState<LocalDate | null>(today)
  const [reason, setReason] = useState('')
  const { customerId, version } = customer
  const submit = () => {
    if (!on) return
    asked.mutate(
      { customerId, version, on, reason },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('mailing.returnedDone') })
          onClose()
        },
      },
    )
  }
  return (
    <ActForm
      title={t('mailing.returnedTitle')}
      doIt={t('mailing.returnedDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['on', 'reason']}
    >
      <DateField
        label={t('mailing.returnedOn')}
        name="on"
        value={on}
        onChange={setOn}
        {...(today ? { max: today } : {})}
      />
      <TextField
        label={t('mailing.returnedReason')}
        name="reason"
        value={reason}
        onChange={setReason}
        autoFocus
      />
    </ActForm>
  )
}
