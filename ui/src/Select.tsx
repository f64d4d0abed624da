import {
  Button as AriaButton,
  Select as AriaSelect,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components'
import type { Choice } from './Choices.tsx'
import { FieldFrame, type FieldProps, useField } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { useStrings } from './UiProvider.tsx'

function Options<Id extends string>({ options }: { options: readonly Choice<Id>[] }) {
  const strings = useStrings()
  return (
    <ListBox
      className="cs-list"
      renderEmptyState={() => <div className="cs-list-note">{strings.noMatch}</div>}
    >
      {options.map(option => (
        <ListBoxItem
          key={option.id}
          id={option.id}
          textValue={option.label}
          className="cs-option"
          isDisabled={Boolean(option.disabledReason)}
        >
          <span className="cs-option-main">
            {option.label}
            {(option.disabledReason ?? option.description) && (
              <span className="cs-description">{option.disabledReason ?? option.description}</span>
            )}
          </span>
        </ListBoxItem>
      ))}
    </ListBox>
  )
}

export type SelectProps<Id extends string> = FieldProps & {
  options: readonly Choice<Id>[]
  value: Id | null
  onChange: (value: Id) => void
  placeholder?: string
}

/** One of a known few, closed until asked; typing jumps to a choice. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const strings = useStrings()
  const parts = useField(props)
  return (
    <AriaSelect
      aria-labelledby={parts.labelId}
      value={props.value}
      onChange={key => key !== null && props.onChange(key as Id)}
      isDisabled={props.readOnly ?? false}
      isInvalid={Boolean(parts.error)}
      placeholder={props.placeholder ?? strings.choose}
    >
      <FieldFrame {...props} parts={parts} group="group">
        <AriaButton
          className="cs-select-trigger"
          aria-describedby={parts.control['aria-describedby']}
          autoFocus={props.autoFocus ?? false}
        >
          <SelectValue />
          <Icon name="down" size={12} />
        </AriaButton>
      </FieldFrame>
      <Popover className="cs-popover cs-popover-field" offset={2}>
        <Options options={props.options} />
      </Popover>
    </AriaSelect>
  )
}
