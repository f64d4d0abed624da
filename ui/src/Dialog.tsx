import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button, IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import { Alert } from './Feedback.tsx'
import { useStrings } from './UiProvider.tsx'

export type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons; the one that does the thing stands first in reading order. */
  footer?: ReactNode
  size?: 'normal' | 'wide'
  /** `alertdialog` for a question that must be answered. */
  role?: 'dialog' | 'alertdialog'
}

/**
 * An open tooltip swallows Escape for itself, wherever the mouse rests, and a button that went away takes the focus
 * with it: one Escape closes the dialog on top all the same. What is open inside of it (a list, a calendar) goes first.
 */
function useEscape(modal: RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return
      const isOnTop = [...document.querySelectorAll('.cs-modal')].at(-1) === modal.current
      const at = document.activeElement
      const isLost = at === null || at === document.body
      const isSwallowed = document.querySelector('.cs-tooltip') !== null && modal.current?.contains(at)
      const hasOpenList = at?.getAttribute('aria-expanded') === 'true' && at.getAttribute('aria-haspopup')
      if (isOnTop && (isLost || (isSwallowed && !hasOpenList))) latest.current()
    }
    window.addEventListener('keydown', onKey, true) // before the tooltip, which listens on the document
    return () => window.removeEventListener('keydown', onKey, true)
  }, [modal, isOpen])
}

function Shell(props: DialogProps & { side?: boolean }) {
  const strings = useStrings()
  const modal = useRef<HTMLDivElement>(null)
  useEscape(modal, props.isOpen, props.onClose)
  return (
    <ModalOverlay
      className={classes('cs-overlay', props.side && 'cs-overlay-side')}
      isOpen={props.isOpen}
      onOpenChange={open => open || props.onClose()}
      isDismissable={props.role !== 'alertdialog'}
    >
      <Modal
        ref={modal}
        className={classes(
          'cs-modal',
          props.size === 'wide' && 'cs-modal-wide',
          props.side && 'cs-modal-side',
        )}
      >
        <AriaDialog className="cs-dialog" role={props.role ?? 'dialog'}>
          <div className="cs-dialog-head">
            <Heading slot="title">{props.title}</Heading>
            <IconButton icon="close" label={strings.close} kbd="Esc" onPress={props.onClose} />
          </div>
          <div className="cs-dialog-body">{props.children}</div>
          {props.footer && <div className="cs-dialog-foot">{props.footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** A question in front of everything; it keeps the focus inside and gives it back where it came from. */
export function Dialog(props: DialogProps) {
  return <Shell {...props} />
}

/** The same at the right edge, for work that wants the page in sight beside it. */
export function SidePanel(props: Omit<DialogProps, 'size' | 'role'>) {
  return <Shell {...props} side />
}

export type ConfirmDialogProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** What will change, before it changes. */
  children: ReactNode
  /** The act itself as a verb: `Send the order`, never `OK`. */
  confirmLabel: string
  danger?: boolean
  disabledReason?: string | null
  /** A promise keeps the dialog open and busy; when it fails, `errorText` says why and nothing closes. */
  onConfirm: () => void | Promise<void>
  errorText?: (error: unknown) => ReactNode
}

/** The one way to ask "really?": it shows the effect and names the act. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const strings = useStrings()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<ReactNode>(null)
  const close = () => {
    setRefusal(null)
    props.onClose()
  }
  const confirm = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      await props.onConfirm()
      close()
    } catch (error) {
      if (!props.errorText) throw error
      setRefusal(props.errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const footer = (
    <>
      <Button
        variant={props.danger ? 'danger' : 'primary'}
        busy={busy}
        disabledReason={props.disabledReason ?? null}
        onPress={confirm}
        autoFocus={!props.danger}
      >
        {props.confirmLabel}
      </Button>
      <Button onPress={close} autoFocus={props.danger ?? false}>
        {strings.cancel}
      </Button>
    </>
  )
  return (
    <Dialog isOpen={props.isOpen} onClose={close} title={props.title} role="alertdialog" footer={footer}>
      <div className="cs-stack">
        <div>{props.children}</div>
        {refusal && (
          <Alert tone="red" live>
            {refusal}
          </Alert>
        )}
      </div>
    </Dialog>
  )
}
