import { addDays, type LocalDate, maxDate } from '@curbstop/kernel/dates'
import { desk } from '@curbstop/server/contract/staff'
import {
  ComboBox,
  DateField,
  FormDialog,
  formatDate,
  RadioGroup,
  TextArea,
  useToast,
  useUi,
} from '@curbstop/ui'
import { type ReactNode, useState } from 'react'
import { useDo } from '../shell/ask.ts'
import type { ApiError } from '../shell/call.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import { type Act, outcomesFor, type Task } from './task-words.ts'
import { destinationOf, useDestinations } from './use-destinations.ts'

type OneProps = { task: Task; onClose: () => void }

/** One act on a task at a time; the refusal of the server stands in the dialog. */
export function TaskActDialog({ act, ...props }: OneProps & { act: Act }) {
  if (act === 'answer') return <AnswerDialog {...props} />
  if (act === 'finish') return <FinishDialog {...props} />
  if (act === 'refer') return <ReferDialog {...props} />
  if (act === 'snooze') return <SnoozeDialog {...props} />
  return <WordsDialog act={act} {...props} />
}

type ActFormProps = {
  title: string
  doIt: string
  onSubmit: () => void
  onClose: () => void
  asked: { error: ApiError | null; isPending: boolean }
  fields: readonly string[]
  children: ReactNode
}

export function ActForm({ asked, fields, ...dialog }: ActFormProps) {
  return <FormDialog {...dialog} busy={asked.isPending} {...faults(asked.error, fields)} />
}

/** After an act: what is shown of tasks is asked anew, the sentence stands below, the dialog goes. */
export function useDone(onClose: () => void) {
  const toasts = useToast()
  const refresh = useRefreshArea('desk', 'reports')
  return (text: string) => {
    refresh()
    toasts.show({ text })
    onClose()
  }
}

function AnswerDialog({ task, onClose }: OneProps) {
  const t = useWords('desk')
  const done = useDone(onClose)
  const asked = useDo(desk.answerTask)
  const [answer, setAnswer] = useState('')
  const { taskId, version, createdBy } = task
  const submit = () =>
    asked.mutate(
      { taskId, version, answer },
      { onSuccess: () => done(t('dialog.answered', { name: createdBy.name })) },
    )
  return (
    <ActForm
      title={t('dialog.answerTitle')}
      doIt={t('dialog.answerDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['answer']}
    >
      <p className="wb-prose">{task.title}</p>
      <TextArea
        label={t('dialog.answer')}
        name="answer"
        description={t('dialog.answerHelp', { name: createdBy.name })}
        value={answer}
        onChange={setAnswer}
        rows={4}
        autoFocus
      />
    </ActForm>
  )
}

function FinishDialog({ task, onClose }: OneProps) {
  const t = useWords('desk')
  const done = useDone(onClose)
  const asked = useDo(desk.finishTask)
  const outcomes = outcomesFor(task)
  const [outcome, setOutcome] = useState(outcomes[0]!)
  const [note, setNote] = useState('')
  const submit = () =>
    asked.mutate(
      { taskId: task.taskId, version: task.version, outcome, ...(note.trim() ? { note } : {}) },
      { onSuccess: () => done(t('dialog.finished', { outcome: t(`outcome.${outcome}`) })) },
    )
  return (
    <ActForm
      title={t('dialog.finishTitle')}
      doIt={t('dialog.finishDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['outcome', 'note']}
    >
      <p className="wb-prose">{task.title}</p>
      <RadioGroup
        label={t('dialog.outcome')}
        name="outcome"
        inline
        options={outcomes.map(id => ({ id, label: t(`outcome.${id}`) }))}
        value={outcome}
        onChange={setOutcome}
      />
      <TextArea
        label={t('dialog.note')}
        name="note"
        optional
        value={note}
        onChange={setNote}
        rows={2}
        autoFocus
      />
    </ActForm>
  )
}

function ReferDialog({ task, onClose }: OneProps) {
  const t = useWords('desk')
  const done = useDone(onClose)
  const asked = useDo(desk.referTask)
  const places = useDestinations({ withMe: false })
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const submit = () => {
    setMissing(to === null)
    if (to === null) return
    asked.mutate(
      { taskId: task.taskId, version: task.version, to: destinationOf(to), reason },
      {
        onSuccess: task =>
          done(t('dialog.referred', { name: task.owner?.name ?? task.queueName ?? t('nobody') })),
      },
    )
  }
  return (
    <ActForm
      title={t('dialog.referTitle')}
      doIt={t('dialog.referDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['to', 'reason']}
    >
      <ComboBox
        label={t('dialog.to')}
        name="to"
        description={t('dialog.toHelp')}
        options={places}
        value={to}
        onChange={setTo}
        error={isMissing && to === null ? t('dialog.toHelp') : null}
        autoFocus
      />
      <TextArea label={t('dialog.reason')} name="reason" value={reason} onChange={setReason} rows={2} />
    </ActForm>
  )
}

function SnoozeDialog({ task, onClose }: OneProps) {
  const t = useWords('desk')
  const { today, strings } = useUi()
  const done = useDone(onClose)
  const asked = useDo(desk.snoozeTask)
  const [untilOn, setUntilOn] = useState<LocalDate | null>(
    today ? addDays(maxDate(today, task.dueOn), 1) : null,
  )
  const [reason, setReason] = useState('')
  const submit = () => {
    if (!untilOn) return
    asked.mutate(
      { taskId: task.taskId, version: task.version, untilOn, reason },
      {
        onSuccess: task => done(t('dialog.snoozed', { on: formatDate(task.dueOn, strings, { today }) })),
      },
    )
  }
  return (
    <ActForm
      title={t('dialog.snoozeTitle')}
      doIt={t('dialog.snoozeDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['untilOn', 'reason']}
    >
      <DateField
        label={t('dialog.until')}
        name="untilOn"
        description={t('dialog.untilHelp')}
        value={untilOn}
        onChange={setUntilOn}
        autoFocus
        {...(today ? { min: today } : {})}
      />
      <TextArea label={t('dialog.reason')} name="reason" value={reason} onChange={setReason} rows={2} />
    </ActForm>
  )
}

/** What needs only words: a remark, giving back, opening again. */
function WordsDialog({ act, task, onClose }: OneProps & { act: 'comment' | 'giveBack' | 'reopen' }) {
  const t = useWords('desk')
  const { today } = useUi()
  const done = useDone(onClose)
  const comment = useDo(desk.commentTask)
  const giveBack = useDo(desk.returnTask)
  const reopen = useDo(desk.reopenTask)
  const [text, setText] = useState('')
  const { taskId, version } = task
  const acts = {
    comment: {
      asked: comment,
      words: ['commentTitle', 'commentDo'] as const,
      run: () => comment.mutate({ taskId, text }, { onSuccess: () => done(t('dialog.commented')) }),
    },
    giveBack: {
      asked: giveBack,
      words: ['giveBackTitle', 'giveBackDo'] as const,
      run: () =>
        giveBack.mutate({ taskId, version, reason: text }, { onSuccess: () => done(t('dialog.givenBack')) }),
    },
    reopen: {
      asked: reopen,
      words: ['reopenTitle', 'reopenDo'] as const,
      run: () =>
        today &&
        reopen.mutate(
          { taskId, version, reason: text, dueOn: today },
          { onSuccess: () => done(t('dialog.reopened')) },
        ),
    },
  }
  const { asked, words, run } = acts[act]
  const name = act === 'comment' ? 'text' : 'reason'
  return (
    <ActForm
      title={t(`dialog.${words[0]}`)}
      doIt={t(`dialog.${words[1]}`)}
      onSubmit={run}
      onClose={onClose}
      asked={asked}
      fields={[name]}
    >
      <TextArea
        label={act === 'comment' ? t('dialog.note') : t('dialog.reason')}
        name={name}
        value={text}
        onChange={setText}
        rows={3}
        autoFocus
      />
    </ActForm>
  )
}
