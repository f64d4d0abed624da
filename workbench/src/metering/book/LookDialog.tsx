import { metering } from '@curbstop/server/contract/staff'
import { Alert, FormDialog, TextField } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../shell/ask.ts'
import { useWords } from '../../shell/words.ts'
import type { OrderAct } from './acts.ts'
import type { ExceptionView } from './shapes.ts'

type LookProps = {
  order: OrderAct
  view: ExceptionView
  onDone: (view: ExceptionView, order: OrderAct) => void
  onClose: () => void
}

/** Somebody goes and looks. Enter sends; the words are written by themselves unless others are wanted. */
export function LookDialog({ order, view, onDone, onClose }: LookProps) {
  const t = useWords('readBook')
  const send = useDo(metering.sendToLook)
  const [instructions, setInstructions] = useState('')
  const { exceptionId, version, hazards } = view
  const submit = () =>
    send.mutate(
      { exceptionId, version, order, ...(instructions.trim() ? { instructions } : {}) },
      { onSuccess: () => onDone(view, order) },
    )
  return (
    <FormDialog
      title={`${t(`act.${order}`)}: ${view.address}`}
      doIt={t('form.send')}
      onSubmit={submit}
      onClose={onClose}
      busy={send.isPending}
      error={send.error?.message}
    >
      {hazards.map(({ kind, note }) => (
        <Alert key={`${kind} ${note}`} tone="amber">
          {note}
        </Alert>
      ))}
      <TextField
        label={t('form.instructions')}
        name="instructions"
        description={t('form.instructionsHelp')}
        optional
        autoFocus
        value={instructions}
        onChange={setInstructions}
      />
    </FormDialog>
  )
}
