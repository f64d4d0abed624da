import { type KeyboardEvent, useRef, useState } from 'react'
import { Popover } from 'react-aria-components'
import type { Choice } from './Choices.tsx'
import { FieldFrame, type FieldProps, useField } from './Field.tsx'
import { fuzzyFilter } from './fuzzy.ts'
import { Icon } from './Icon.tsx'
import { OptionList } from './OptionList.tsx'
import { useActiveOption } from './useActiveOption.ts'

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

const shownAtMost = 100

/** One of many, found by typing; leaving the field without a choice puts the last one back. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const { options, value, onChange } = props
  const parts = useField(props)
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [chosenText, setChosenText] = useState(props.defaultText ?? '')
  const resting = value === null ? '' : (options.find(option => option.id === value)?.label ?? chosenText)
  const searching = typed !== null && typed !== ''
  const found =
    searching && !props.onSearch ? fuzzyFilter(typed, options, option => option.label) : options.slice()
  const shown = found.slice(0, shownAtMost)

  const choose = (option: Choice<Id>) => {
    if (option.disabledReason) return
    setChosenText(option.label)
    setTyped(null)
    setOpen(false)
    onChange(option.id)
  }
  const list = useActiveOption({ options: isOpen ? shown : [], onChoose: choose })
  const type = (text: string) => {
    setTyped(text)
    setOpen(true)
    list.setActive(0)
    props.onSearch?.(text)
  }
  const open = () => {
    if (props.readOnly) return
    setOpen(true)
    list.setActive(Math.max(0, value === null ? 0 : shown.findIndex(option => option.id === value)))
  }
  const leave = () => {
    if (typed === '') onChange(null)
    setTyped(null)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      open()
      event.preventDefault()
    } else if (event.key === 'Escape' && (isOpen || typed !== null)) {
      setTyped(null)
      setOpen(false)
      event.preventDefault()
      event.stopPropagation()
    } else if (isOpen) list.onKeyDown(event)
  }
  return (
    <FieldFrame {...props} parts={parts}>
      <div ref={box} className="cs-input-box">
        <input
          {...parts.control}
          {...list.input}
          role="combobox"
          aria-expanded={isOpen}
          className="cs-input"
          autoComplete="off"
          placeholder={props.placeholder}
          value={typed ?? resting}
          onChange={event => type(event.target.value)}
          onFocus={event => event.target.select()}
          onBlur={leave}
          onKeyDown={onKeyDown}
          onClick={open}
        />
        <span className="cs-affix cs-affix-end" aria-hidden="true">
          <Icon name="down" size={12} />
        </span>
      </div>
      <Popover
        className="cs-popover"
        triggerRef={box}
        isOpen={isOpen}
        onOpenChange={setOpen}
        isNonModal
        offset={2}
        style={{ minWidth: box.current?.offsetWidth }}
      >
        <OptionList list={list} labelId={parts.labelId} options={shown} value={value} onChoose={choose} />
      </Popover>
    </FieldFrame>
  )
}
