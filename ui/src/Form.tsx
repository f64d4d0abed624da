import {
  createContext,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { Alert } from './Feedback.tsx'

/** Sentences by field path, as the server sends them (`who.phone` → "…"). */
export type FieldErrors = Readonly<Record<string, string>>

const noErrors: FieldErrors = {}
const FormContext = createContext<FieldErrors>(noErrors)

/** The server's sentence for a field of this name inside the nearest form. */
export function useFieldError(name: string | undefined): string | undefined {
  const errors = useContext(FormContext)
  return name === undefined ? undefined : errors[name]
}

export type FormProps = {
  children: ReactNode
  onSubmit: () => void
  /** Field sentences; fields find theirs by `name`. */
  errors?: FieldErrors | null
  /** The refusal that belongs to no single field. */
  error?: ReactNode
  id?: string
  label?: string
}

/**
 * The one form shell: Enter or Ctrl+Enter submits, the first wrong field gets the focus, and what is wrong with the
 * whole stands in one place above the actions. A field with an unreadable entry holds the submit back.
 */
export function Form({ children, onSubmit, errors, error, id, label }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [attempts, setAttempts] = useState(0)
  const wrong = errors ?? noErrors
  useEffect(() => {
    if (attempts > 0 || Object.keys(wrong).length > 0) focusFirstWrong(form.current)
  }, [wrong, attempts])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.current?.querySelector('[data-unreadable]')) setAttempts(count => count + 1)
    else onSubmit()
  }
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.current?.requestSubmit()
  }
  return (
    <FormContext value={wrong}>
      <form
        ref={form}
        id={id}
        aria-label={label}
        className="cs-form"
        noValidate
        onSubmit={submit}
        onKeyDown={submitByKey}
      >
        {children}
        {error && (
          <Alert tone="red" live>
            {error}
          </Alert>
        )}
      </form>
    </FormContext>
  )
}

function focusFirstWrong(form: HTMLFormElement | null) {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}

/** Where a form's buttons stand. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="cs-form-actions">{children}</div>
}

/** Short fields side by side; they wrap when there is no room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="cs-fields-row">{children}</div>
}
