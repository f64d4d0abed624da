import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  Select as AriaSelect,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
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
            <Text slot="label">{option.label}</Text>
            {(option.disabledReason ?? option.description) && (
              <Text slot="description" className="cs-description">
                {option.disabledReason ?? option.description}
              </Text>
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

export type ComboBoxProps<Id extends string> = FieldProps & {
  options: readonly Choice<Id>[]
  value: Id | null
  onChange: (value: Id | null) => void
  /** For choices that the server finds: the text typed so far; `options` are then shown as they come. */
  onSearch?: (text: string) => void
  /** The text to begin with when the choice is not among `options` yet. */
  defaultText?: string
  placeholder?: string
}

const showAll = () => true

/** One of many, found by typing. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const strings = useStrings()
  const parts = useField(props)
  return (
    <AriaComboBox
      aria-labelledby={parts.labelId}
      value={props.value}
      onChange={key => props.onChange(key as Id | null)}
      {...(props.defaultText === undefined ? {} : { defaultInputValue: props.defaultText })}
      {...(props.onSearch ? { onInputChange: props.onSearch, defaultFilter: showAll } : {})}
      isReadOnly={props.readOnly ?? false}
      isInvalid={Boolean(parts.error)}
      allowsEmptyCollection
      menuTrigger="input"
    >
      <FieldFrame {...props} parts={parts} group="group">
        <div className="cs-input-box">
          <Input
            className="cs-input"
            placeholder={props.placeholder ?? ''}
            aria-describedby={parts.control['aria-describedby']}
            autoFocus={props.autoFocus ?? false}
          />
          <AriaButton className="cs-icon-button" aria-label={`${strings.showChoices}: ${props.label}`}>
            <Icon name="down" size={12} />
          </AriaButton>
        </div>
      </FieldFrame>
      <Popover className="cs-popover cs-popover-field" offset={2}>
        <Options options={props.options} />
      </Popover>
    </AriaComboBox>
  )
}
