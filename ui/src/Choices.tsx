import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import { FieldFrame, FieldNotes, type FieldProps, useField } from './Field.tsx'

export type Choice<Id extends string = string> = {
  id: Id
  label: string
  description?: string
  disabledReason?: string | null
}

export type CheckboxProps = {
  children: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  name?: string
  description?: ReactNode
  error?: string | null
  indeterminate?: boolean
  disabledReason?: string | null
}

/** One yes or no; its sentence stands beside it. */
export function Checkbox(props: CheckboxProps) {
  const parts = useField({
    label: '',
    optional: true,
    ...props,
    description: props.disabledReason ?? props.description,
  })
  return (
    <div className="cs-field">
      <label className="cs-check" aria-disabled={props.disabledReason ? true : undefined}>
        <input
          id={parts.id}
          name={props.name}
          type="checkbox"
          checked={props.checked}
          aria-disabled={props.disabledReason ? true : undefined}
          aria-invalid={parts.control['aria-invalid']}
          aria-describedby={parts.control['aria-describedby']}
          ref={input => {
            if (input) input.indeterminate = props.indeterminate ?? false
          }}
          onChange={event => props.disabledReason || props.onChange(event.target.checked)}
        />
        <span>{props.children}</span>
      </label>
      <FieldNotes parts={parts} description={props.disabledReason ?? props.description} error={parts.error} />
    </div>
  )
}

export type CheckboxGroupProps<Id extends string> = FieldProps & {
  options: readonly Choice<Id>[]
  value: readonly Id[]
  onChange: (value: Id[]) => void
  inline?: boolean
}

/** Any of several. */
export function CheckboxGroup<Id extends string>(props: CheckboxGroupProps<Id>) {
  const parts = useField(props)
  const toggle = (id: Id, on: boolean) =>
    props.onChange(props.options.map(o => o.id).filter(o => (o === id ? on : props.value.includes(o))))
  return (
    <FieldFrame {...props} parts={parts} group="group">
      <div className={props.inline ? 'cs-choices-inline' : 'cs-choices'}>
        {props.options.map(option => (
          <Checkbox
            key={option.id}
            checked={props.value.includes(option.id)}
            description={option.description}
            disabledReason={option.disabledReason ?? null}
            onChange={on => toggle(option.id, on)}
          >
            {option.label}
          </Checkbox>
        ))}
      </div>
    </FieldFrame>
  )
}

export type RadioGroupProps<Id extends string> = FieldProps & {
  options: readonly Choice<Id>[]
  value: Id | null
  onChange: (value: Id) => void
  inline?: boolean
}

/** One of several, all in sight. */
export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  const parts = useField(props)
  const group = useId()
  return (
    <FieldFrame {...props} parts={parts} group="radiogroup">
      <div className={props.inline ? 'cs-choices-inline' : 'cs-choices'}>
        {props.options.map(option => {
          const note = option.disabledReason ?? option.description
          const noteId = `${group}-${option.id}`
          return (
            <label
              key={option.id}
              className="cs-check"
              aria-disabled={option.disabledReason ? true : undefined}
            >
              <input
                type="radio"
                name={group}
                checked={props.value === option.id}
                aria-disabled={option.disabledReason ? true : undefined}
                aria-invalid={parts.control['aria-invalid']}
                aria-describedby={note ? noteId : undefined}
                onChange={() => option.disabledReason || props.onChange(option.id)}
              />
              <span>
                {option.label}
                {note && <span id={noteId} className="cs-description">{` · ${note}`}</span>}
              </span>
            </label>
          )
        })}
      </div>
    </FieldFrame>
  )
}

export type SegmentedControlProps<Id extends string> = {
  label: string
  options: readonly { id: Id; label: string }[]
  value: Id
  onChange: (value: Id) => void
  small?: boolean
}

/** One of a few ways to look at the same thing; arrows move between them. */
export function SegmentedControl<Id extends string>(props: SegmentedControlProps<Id>) {
  const group = useId()
  return (
    <div
      className={classes('cs-segments', props.small && 'cs-segments-small')}
      role="radiogroup"
      aria-label={props.label}
    >
      {props.options.map(option => (
        <label key={option.id}>
          <input
            type="radio"
            name={group}
            checked={props.value === option.id}
            onChange={() => props.onChange(option.id)}
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
