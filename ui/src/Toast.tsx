import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Button, IconButton } from './Button.tsx'
import { useStrings } from './UiProvider.tsx'

export type ToastMessage = {
  text: ReactNode
  /** Takes it back, where the law of the matter allows. */
  undo?: { label?: string; run: () => void }
}

type Toasts = { show: (message: ToastMessage) => void; dismiss: () => void }

const ToastContext = createContext<Toasts | null>(null)
const staysMs = 10_000

/** Holds the one message region of the app: a new message takes the place of the last. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<{ id: number; body: ToastMessage } | null>(null)
  const [held, setHeld] = useState(false)
  const show = useCallback(
    (body: ToastMessage) => setMessage(last => ({ id: (last?.id ?? 0) + 1, body })),
    [],
  )
  const dismiss = useCallback(() => setMessage(null), [])
  const toasts = useMemo(() => ({ show, dismiss }), [show, dismiss])
  useEffect(() => {
    if (!message || held) return
    const timer = setTimeout(dismiss, staysMs)
    return () => clearTimeout(timer)
  }, [message, held, dismiss])
  return (
    <ToastContext value={toasts}>
      {children}
      <div
        className="cs-toasts"
        role="status"
        onMouseEnter={() => setHeld(true)}
        onMouseLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        {message && <ToastBody key={message.id} message={message.body} onClose={dismiss} />}
      </div>
    </ToastContext>
  )
}

function ToastBody({ message, onClose }: { message: ToastMessage; onClose: () => void }) {
  const strings = useStrings()
  const undo = message.undo
  const takeBack = () => {
    undo?.run()
    onClose()
  }
  return (
    <div className="cs-toast">
      <span>{message.text}</span>
      {undo && <Button onPress={takeBack}>{undo.label ?? strings.undo}</Button>}
      <IconButton icon="close" label={strings.close} onPress={onClose} />
    </div>
  )
}

/** `toasts.show({ text, undo })`; it stays ten seconds, longer while a hand is on it. */
export function useToast(): Toasts {
  const toasts = useContext(ToastContext)
  if (!toasts) throw new Error('useToast stands outside of <ToastProvider>')
  return toasts
}
