import { addDays, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { desk } from '@curbstop/server/contract/staff'
import { DateField, FormDialog, TextArea, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { noteStep } from '../contacts/steps.ts'
import { useDo } from '../shell/ask.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { View } from './view.ts'

/** A follow-up for myself when no contact is in hand (with one, it is saved with the contact). */
export function TaskDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const t = useWords('accounts')
  const me = useMe()
  const toasts = useToast()
  const { accountId, number } = view.account
  const refresh = useRefreshAccount(accountId)
  const make = useDo(desk.createTask)
  const [title, setTitle] = useState<string>(t('taskDialog.suggestion', { number }))
  const [detail, setDetail] = useState('')
  const [dueOn, setDueOn] = useState<LocalDate | null>(addDays(view.today, 3))
  const submit = () => {
    if (!dueOn) return
    make.mutate(
      {
        kind: 'follow-up',
        title,
        accountId,
        to: { personId: me.personId },
        dueOn,
        ...(detail.trim() ? { detail } : {}),
      },
      {
        onSuccess: task => {
          noteStep(accountId, {
            kind: 'task-made',
            facts: { taskId: String(task.taskId), title: task.title.slice(0, 160), dueOn: task.dueOn },
          })
          refresh()
          toasts.show({ text: t('taskDialog.made', { on: formatDay(task.dueOn, view.today) }) })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('taskDialog.title')}
      doIt={t('taskDialog.make')}
      onSubmit={submit}
      onClose={onClose}
      busy={make.isPending}
      {...faults(make.error, ['title', 'dueOn', 'detail'])}
    >
      <TextField label={t('taskDialog.what')} name="title" value={title} onChange={setTitle} autoFocus />
      <DateField
        label={t('taskDialog.due')}
        name="dueOn"
        value={dueOn}
        onChange={setDueOn}
        min={view.today}
      />
      <TextArea
        label={t('taskDialog.detail')}
        name="detail"
        optional
        value={detail}
        onChange={setDetail}
        rows={2}
      />
    </FormDialog>
  )
}
