import { ConfirmDialog, TextField } from '@curbstop/ui'
import { type ReactNode, useState } from 'react'

type ReasonProps = {
  title: string
  children?: ReactNode
  label: string
  confirmLabel: string
  danger?: boolean
  /** The button's sentence while the reason is still too short. */
  missing: string
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** Asks once why, and keeps it: the refusal of the server stands in the dialog. */
export function ReasonDialog(props: ReasonProps) {
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      confirmLabel={props.confirmLabel}
      danger={props.danger ?? false}
      disabledReason={reason.trim().length < 4 ? props.missing : null}
      onConfirm={async () => {
        await props.onConfirm(reason)
      }}
      errorText={error => (error as Error).message}
    >
      <div className="cs-stack">
        {props.children}
        <TextField label={props.label} value={reason} onChange={setReason} autoFocus />
      </div>
    </ConfirmDialog>
  )
}
