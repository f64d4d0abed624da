import { type ReactNode, useId } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { type FieldErrors, Form } from './Form.tsx'

export type FormDialogProps = {
  title: string
  /** The act itself as a verb: `Place the hold`, never `OK`. */
  doIt: string
  onSubmit: () => void
  onClose: () => void
  busy: boolean
  errors?: FieldErrors | null
  error?: ReactNode
  /** Beside the button: when it will be due, what it will cost. */
  aside?: ReactNode
  children: ReactNode
}

/** The one dialog that asks a few fields and does one thing; Enter does it, and a refusal stands where it belongs. */
export function FormDialog(props: FormDialogProps) {
  const { title, doIt, onSubmit, onClose, busy, errors, error, aside, children } = props
  const id = useId() // one such form may open another above it
  const footer = (
    <>
      <Button type="submit" form={id} variant="primary" busy={busy}>
        {doIt}
      </Button>
      {aside}
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={title} footer={footer}>
      <Form id={id} label={title} onSubmit={onSubmit} errors={errors ?? null} error={error}>
        {children}
      </Form>
    </Dialog>
  )
}
