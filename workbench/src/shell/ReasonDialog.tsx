import { Button, Dialog, Form, TextField } from '@curbstop/ui'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ApiError } from './call.ts'
import { useWords } from './words.ts'

type ReasonProps = {
  title: string
  children?: ReactNode
  label: string
  confirmLabel: string
  danger?: boolean
  /** The button's sentence while the reason is still too short. */
  missing: string
  /** What else must be done before it can be confirmed. */
  blocked?: string | null
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** Asks once why, and keeps it. The hand is in the reason; Enter does it, and a refusal stands in the dialog. */
export function ReasonDialog(props: ReasonProps) {
  const t = useWords('shell')
  const [reason, setReason] = useState('')
  const why = reason.trim().length < 4 ? props.missing : (props.blocked ?? null)
  const confirm = useMutation<unknown, ApiError>({
    mutationFn: () => props.onConfirm(reason),
    onSuccess: props.onClose,
  })
  const footer = (
    <>
      <Button
        type="submit"
        form="wb-reason"
        variant={props.danger ? 'danger' : 'primary'}
        busy={confirm.isPending}
        disabledReason={why}
      >
        {props.confirmLabel}
      </Button>
      <Button onPress={props.onClose}>{t('page.back')}</Button>
    </>
  )
  return (
    <Dialog isOpen onClose={props.onClose} title={props.title} role="alertdialog" footer={footer}>
      <Form
        id="wb-reason"
        label={props.title}
        onSubmit={() => {
          if (why === null) confirm.mutate()
        }}
        error={confirm.error?.message}
      >
        {props.children}
        <TextField label={props.label} value={reason} onChange={setReason} autoFocus />
      </Form>
    </Dialog>
  )
}
