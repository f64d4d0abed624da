import type { HTMLInputTypeAttribute, KeyboardEvent, ReactNode, Ref } from 'react'
import { IconButton } from './Button.tsx'
import { FieldFrame, type FieldProps, useField } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import { useStrings } from './UiProvider.tsx'

export type TextFieldProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  type?: HTMLInputTypeAttribute
  placeholder?: string
  autoComplete?: string
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search'
  maxLength?: number
  prefix?: ReactNode
  suffix?: ReactNode
  ref?: Ref<HTMLInputElement>
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const parts = useField(props)
  return (
    <FieldFrame {...props} parts={parts}>
      <div className="cs-input-box">
        {props.prefix && <span className="cs-affix">{props.prefix}</span>}
        <input
          {...parts.control}
          ref={props.ref}
          className="cs-input"
          type={props.type ?? 'text'}
          value={props.value}
          placeholder={props.placeholder}
          autoComplete={props.autoComplete ?? 'off'}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          onChange={event => props.onChange(event.target.value)}
        />
        {props.suffix && <span className="cs-affix cs-affix-end">{props.suffix}</span>}
      </div>
    </FieldFrame>
  )
}

export type TextAreaProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  rows?: number
  placeholder?: string
  maxLength?: number
  ref?: Ref<HTMLTextAreaElement>
}

/** Several lines; it grows with its text. Enter makes a line, Ctrl+Enter submits the form. */
export function TextArea(props: TextAreaProps) {
  const parts = useField(props)
  return (
    <FieldFrame {...props} parts={parts}>
      <div className="cs-input-box">
        <textarea
          {...parts.control}
          ref={props.ref}
          className="cs-textarea"
          rows={props.rows ?? 3}
          value={props.value}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          onChange={event => props.onChange(event.target.value)}
        />
      </div>
    </FieldFrame>
  )
}

export type SearchFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  onSubmit?: () => void
  placeholder?: string
  kbd?: string
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

/** Filters what stands below it: Esc empties it first and leaves it second. */
export function SearchField(props: SearchFieldProps) {
  const strings = useStrings()
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') props.onSubmit?.()
    if (event.key !== 'Escape') return
    if (props.value) props.onChange('')
    else event.currentTarget.blur()
    event.preventDefault()
  }
  return (
    <search className="cs-input-box">
      <span className="cs-affix">
        <Icon name="search" size={14} />
      </span>
      <input
        ref={props.ref}
        className="cs-input"
        type="search"
        aria-label={props.label}
        value={props.value}
        placeholder={props.placeholder ?? props.label}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: a caller asks for it only inside what was just opened
        autoFocus={props.autoFocus}
        onChange={event => props.onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {props.value ? (
        <IconButton icon="close" label={strings.clear} small onPress={() => props.onChange('')} />
      ) : (
        props.kbd && <Kbd keys={props.kbd} />
      )}
    </search>
  )
}
