import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { FieldFrame, type FieldProps, useField } from './Field.tsx'

/** How typed text becomes a value: null is "nothing typed", a sentence is "cannot be read or is not allowed". */
export type Reading<T> = { value: T | null } | { wrong: string }

export type EntryFieldProps<T> = FieldProps & {
  value: T | null
  onChange: (value: T | null) => void
  read: (text: string) => Reading<T>
  write: (value: T) => string
  same?: (a: T, b: T) => boolean
  step?: (value: T | null, direction: 1 | -1) => T | null
  inputMode?: 'numeric' | 'decimal' | 'text'
  placeholder?: string
  prefix?: ReactNode
  suffix?: ReactNode
  end?: boolean
}

/**
 * Text that stands for a value. While it is typed the value follows wherever it can be read; the sentence about what
 * cannot be read waits until the hand leaves the field, and keeps its form from being submitted.
 */
export function EntryField<T>(props: EntryFieldProps<T>) {
  const { value, onChange, read, write, step } = props
  const same = props.same ?? Object.is
  const [text, setText] = useState(() => (value === null ? '' : write(value)))
  const [left, setLeft] = useState(true)
  const told = useRef(value)
  // A value from outside replaces the text; one the hand itself typed does not.
  const outside =
    told.current === null || value === null ? told.current !== value : !same(told.current, value)
  if (outside) {
    told.current = value
    setText(value === null ? '' : write(value))
  }
  const reading = read(text)
  const wrong = 'wrong' in reading ? reading.wrong : null
  const parts = useField({ ...props, error: props.error ?? (left ? wrong : null) })

  const tell = (next: T | null) => {
    told.current = next
    onChange(next)
  }
  const type = (next: string) => {
    setLeft(false)
    setText(next)
    const now = read(next)
    tell('value' in now ? now.value : null)
  }
  const leave = () => {
    setLeft(true)
    if ('value' in reading && reading.value !== null) setText(write(reading.value))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') setLeft(true)
    if (!step || props.readOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const next = step('value' in reading ? reading.value : null, event.key === 'ArrowUp' ? 1 : -1)
    setText(next === null ? '' : write(next))
    tell(next)
  }
  return (
    <FieldFrame {...props} parts={parts}>
      <div className="cs-input-box">
        {props.prefix && <span className="cs-affix">{props.prefix}</span>}
        <input
          {...parts.control}
          className={classes('cs-input', props.end && 'cs-input-end')}
          type="text"
          inputMode={props.inputMode}
          autoComplete="off"
          value={text}
          placeholder={props.placeholder}
          data-unreadable={wrong ? true : undefined}
          onChange={event => type(event.target.value)}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        {props.suffix && <span className="cs-affix cs-affix-end">{props.suffix}</span>}
      </div>
    </FieldFrame>
  )
}
