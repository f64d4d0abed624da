import { type KeyboardEvent, useRef, useState } from 'react'
import { Popover } from 'react-aria-components'
import type { Choice } from './Choices.tsx'
import { FieldFrame, type FieldProps, useField } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { OptionList } from './OptionList.tsx'
import { useStrings } from './UiProvider.tsx'
import { useActiveOption } from './useActiveOption.ts'

export type SelectProps<Id extends string> = FieldProps & {
  options: readonly Choice<Id>[]
  value: Id | null
  onChange: (value: Id) => void
  placeholder?: string
}

const typingPauseMs = 600

/** One of a known few, closed until asked; typing jumps to a choice, open or closed. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { options, value, onChange } = props
  const strings = useStrings()
  const parts = useField(props)
  const button = useRef<HTMLButtonElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const [isOpen, setOpen] = useState(false)
  const chosen = options.find(option => option.id === value)

  const choose = (option: Choice<Id>) => {
    if (option.disabledReason) return
    setOpen(false)
    onChange(option.id)
  }
  const list = useActiveOption({ options: isOpen ? options : [], onChoose: choose })
  const open = () => {
    if (props.readOnly) return
    setOpen(true)
    list.setActive(Math.max(0, chosen ? options.indexOf(chosen) : 0))
  }
  const jump = (letter: string, now: number) => {
    const text = now - typed.current.at < typingPauseMs ? typed.current.text + letter : letter
    typed.current = { text, at: now }
    const found = options.findIndex(option => option.label.toLowerCase().startsWith(text.toLowerCase()))
    if (found < 0) return
    if (isOpen) list.setActive(found)
    else if (!props.readOnly) choose(options[found]!)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const toEnd = { Home: 0, End: options.length - 1 }[event.key]
    if (isOpen && toEnd !== undefined) list.setActive(toEnd)
    else if (isOpen && event.key === 'Escape') {
      setOpen(false)
      event.stopPropagation()
    } else if (isOpen && event.key === ' ') {
      const active = options[list.active]
      if (active) choose(active)
    } else if (isOpen && list.onKeyDown(event)) return
    else if (!isOpen && ['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(event.key)) open()
    else if (event.key.length === 1) jump(event.key, event.timeStamp)
    else return
    event.preventDefault()
  }
  const { readOnly, autoFocus, ...control } = parts.control
  return (
    <FieldFrame {...props} parts={parts}>
      <button
        {...control}
        {...list.select}
        ref={button}
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-readonly={readOnly || undefined}
        // biome-ignore lint/a11y/noAutofocus: a caller asks for it only inside what was just opened
        autoFocus={autoFocus}
        className="cs-select-trigger"
        onClick={() => (isOpen ? setOpen(false) : open())}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      >
        <span data-placeholder={chosen ? undefined : ''}>
          {chosen?.label ?? props.placeholder ?? strings.choose}
        </span>
        <Icon name="down" size={12} />
      </button>
      <Popover
        className="cs-popover"
        triggerRef={button}
        isOpen={isOpen}
        onOpenChange={setOpen}
        isNonModal
        offset={2}
        style={{ minWidth: button.current?.offsetWidth }}
      >
        <OptionList list={list} labelId={parts.labelId} options={options} value={value} onChoose={choose} />
      </Popover>
    </FieldFrame>
  )
}
