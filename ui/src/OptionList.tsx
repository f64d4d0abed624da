import type { Choice } from './Choices.tsx'
import { Icon } from './Icon.tsx'
import { ListOption } from './ListOption.tsx'
import { useStrings } from './UiProvider.tsx'
import type { useActiveOption } from './useActiveOption.ts'

export type OptionListProps<Id extends string> = {
  list: ReturnType<typeof useActiveOption<Choice<Id>>>
  labelId: string
  options: readonly Choice<Id>[]
  value: Id | null
  onChoose: (option: Choice<Id>) => void
}

/** The choices of a Select or ComboBox: description or refusal under each, a tick at the one that holds. */
export function OptionList<Id extends string>({
  list,
  labelId,
  options,
  value,
  onChoose,
}: OptionListProps<Id>) {
  const strings = useStrings()
  return (
    <>
      <div
        id={list.listId}
        role="listbox"
        aria-labelledby={labelId}
        className="cs-list"
        hidden={options.length === 0}
      >
        {options.map((option, index) => (
          <ListOption
            key={option.id}
            state={list.option(index)}
            refused={Boolean(option.disabledReason)}
            onChoose={() => onChoose(option)}
          >
            <span className="cs-option-main">
              {option.label}
              {(option.disabledReason ?? option.description) && (
                <span className="cs-description">{option.disabledReason ?? option.description}</span>
              )}
            </span>
            {option.id === value && <Icon name="check" size={14} />}
          </ListOption>
        ))}
      </div>
      {options.length === 0 && (
        <div className="cs-list-note" role="status">
          {strings.noMatch}
        </div>
      )}
    </>
  )
}
