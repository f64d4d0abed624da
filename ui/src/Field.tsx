import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import { useFieldError } from './Form.tsx'
import { Icon } from './Icon.tsx'
import { useStrings } from './UiProvider.tsx'

/** What every field takes. */
export type FieldProps = {
  label: string
  /** Its path in the server's answer; the form's sentence for it appears here by itself. */
  name?: string
  description?: ReactNode
  /** A sentence found in the browser; it stands before the server's. */
  error?: string | null
  optional?: boolean
  /** The label is for ears only; the place says it to the eye. */
  hideLabel?: boolean
  /** Shown but not to be changed. */
  readOnly?: boolean
  autoFocus?: boolean
}

export type FieldParts = {
  id: string
  labelId: string
  error: string | undefined
  control: {
    id: string
    name: string | undefined
    readOnly: boolean | undefined
    autoFocus: boolean | undefined
    'aria-invalid': true | undefined
    'aria-describedby': string | undefined
    'aria-required': true | undefined
  }
}

/** Ids that tie a control to its label, description and sentence. */
export function useField(props: FieldProps): FieldParts {
  const id = useId()
  const sent = useFieldError(props.name)
  const error = props.error ?? sent
  const described = [error && `${id}-error`, props.description && `${id}-description`]
    .filter(Boolean)
    .join(' ')
  return {
    id,
    labelId: `${id}-label`,
    error,
    control: {
      id,
      name: props.name,
      readOnly: props.readOnly,
      autoFocus: props.autoFocus,
      'aria-invalid': error ? true : undefined,
      'aria-describedby': described || undefined,
      'aria-required': props.optional || props.readOnly ? undefined : true,
    },
  }
}

type FrameProps = FieldProps & { parts: FieldParts; children: ReactNode; group?: 'group' | 'radiogroup' }

/** Label above, control, then what is wrong, then the description. */
export function FieldFrame({ parts, children, group, ...props }: FrameProps) {
  const strings = useStrings()
  const { id, labelId, error } = parts
  const words = (
    <>
      {props.label}
      {props.optional && <span className="cs-label-optional">{strings.optional}</span>}
    </>
  )
  const labelClass = classes('cs-label', props.hideLabel && 'cs-sr')
  const body = (
    <>
      {group ? (
        <span id={labelId} className={labelClass}>
          {words}
        </span>
      ) : (
        <label id={labelId} htmlFor={id} className={labelClass}>
          {words}
        </label>
      )}
      {children}
      <FieldNotes parts={parts} description={props.description} error={error} />
    </>
  )
  if (!group) return <div className="cs-field">{body}</div>
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is one of two groups, both take these
    <div
      className="cs-field"
      role={group}
      aria-labelledby={labelId}
      aria-describedby={parts.control['aria-describedby']}
      aria-invalid={group === 'radiogroup' ? parts.control['aria-invalid'] : undefined}
    >
      {body}
    </div>
  )
}

export function FieldNotes(props: {
  parts: FieldParts
  description?: ReactNode
  error?: string | undefined
}) {
  const { parts, description, error } = props
  return (
    <>
      {error && (
        <span id={`${parts.id}-error`} className="cs-error">
          <Icon name="stop" size={14} />
          {error}
        </span>
      )}
      {description && (
        <span id={`${parts.id}-description`} className="cs-description">
          {description}
        </span>
      )}
    </>
  )
}
