import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { desk } from '@curbstop/server/contract/staff'
import { ComboBox, DateField, FieldRow, Select, TextArea, TextField, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../shell/ask.ts'
import { useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { ActForm, useDone } from './TaskDialogs.tsx'
import { destinationOf, useDestinations } from './use-destinations.ts'

const kinds = ['follow-up', 'callback', 'referral', 'approval', 'exception'] as const
type Kind = NonNullable<Input<typeof desk.createTask>['kind']>

/** A task for myself, a colleague or a queue. */
export function NewTaskDialog({ onClose }: { onClose: () => void }) {
  const t = useWords('desk')
  const me = useMe()
  const { today } = useUi()
  const done = useDone(onClose)
  const asked = useDo(desk.createTask)
  const places = useDestinations({ withMe: true })
  const [kind, setKind] = useState<Kind>('follow-up')
  const [title, setTitle] = useState('')
  const [detail, setDetail] = useState('')
  const [to, setTo] = useState<string | null>(`person:${me.personId}`)
  const [dueOn, setDueOn] = useState<LocalDate | null>(today ? addDays(today, 1) : null)
  const submit = () => {
    if (!dueOn || !to) return
    asked.mutate(
      { kind, title, to: destinationOf(to), dueOn, ...(detail.trim() ? { detail } : {}) },
      { onSuccess: () => done(t('dialog.made')) },
    )
  }
  return (
    <ActForm
      title={t('dialog.newTitle')}
      doIt={t('dialog.newDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['title', 'detail', 'to', 'dueOn', 'kind']}
    >
      <TextField label={t('dialog.newWhat')} name="title" value={title} onChange={setTitle} autoFocus />
      <FieldRow>
        <Select
          label={t('dialog.newKind')}
          name="kind"
          options={kinds.map(id => ({ id, label: t(`kind.${id}`) }))}
          value={kind}
          onChange={setKind}
        />
        <DateField
          label={t('dialog.newDue')}
          name="dueOn"
          value={dueOn}
          onChange={setDueOn}
          {...(today ? { min: today } : {})}
        />
      </FieldRow>
      <ComboBox label={t('dialog.to')} name="to" options={places} value={to} onChange={setTo} />
      <TextArea
        label={kind === 'referral' ? t('dialog.newDetailReason') : t('dialog.newDetail')}
        name="detail"
        optional={kind !== 'referral'}
        value={detail}
        onChange={setDetail}
        rows={2}
      />
    </ActForm>
  )
}

/** A question to the seniors. */
export function AskSeniorDialog({ onClose }: { onClose: () => void }) {
  const t = useWords('desk')
  const done = useDone(onClose)
  const asked = useDo(desk.askSenior)
  const [question, setQuestion] = useState('')
  const [detail, setDetail] = useState('')
  const submit = () =>
    asked.mutate(
      { question, ...(detail.trim() ? { detail } : {}) },
      { onSuccess: () => done(t('dialog.asked')) },
    )
  return (
    <ActForm
      title={t('dialog.askTitle')}
      doIt={t('dialog.askDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['question', 'detail']}
    >
      <TextField
        label={t('dialog.question')}
        name="question"
        description={t('dialog.questionHelp')}
        value={question}
        onChange={setQuestion}
        autoFocus
      />
      <TextArea
        label={t('dialog.askDetail')}
        name="detail"
        optional
        value={detail}
        onChange={setDetail}
        rows={3}
      />
    </ActForm>
  )
}
