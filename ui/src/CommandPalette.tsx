import { type KeyboardEvent, useMemo, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { fuzzyFilter, fuzzyMatch } from './fuzzy.ts'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import { ListOption } from './ListOption.tsx'
import { useStrings } from './UiProvider.tsx'
import { useActiveOption } from './useActiveOption.ts'

export type Command = {
  id: string
  title: string
  /** What it belongs to, shown in front: `Go`, `Do`, `Recent`. */
  section: string
  keys?: string
  /** It is shown with its reason and does nothing. */
  disabledReason?: string | null
  run: () => void
}

export type CommandPaletteProps = { isOpen: boolean; onClose: () => void; commands: readonly Command[] }

const shownAtMost = 60

/** Ctrl+K: go, do, recent. Letters in order are enough; every line shows the key that would have been quicker. */
export function CommandPalette({ isOpen, onClose, commands }: CommandPaletteProps) {
  const { palette } = useStrings()
  return (
    <ModalOverlay
      className="cs-overlay"
      isOpen={isOpen}
      onOpenChange={open => open || onClose()}
      isDismissable
    >
      <Modal className="cs-modal cs-palette">
        <Dialog className="cs-dialog" aria-label={palette.title}>
          <PaletteBody commands={commands} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBody({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const strings = useStrings()
  const [typed, setTyped] = useState('')
  const found = useMemo(
    () =>
      fuzzyFilter(typed, commands, command => `${command.title} ${command.section}`).slice(0, shownAtMost),
    [typed, commands],
  )
  const choose = (command: Command) => {
    if (command.disabledReason) return
    onClose()
    command.run()
  }
  const list = useActiveOption({ options: found, onChoose: choose })
  const onKeyDown = (event: KeyboardEvent) => {
    list.onKeyDown(event)
  }
  const change = (text: string) => {
    setTyped(text)
    list.setActive(0)
  }
  return (
    <>
      <div className="cs-input-box cs-palette-input" style={{ border: 0 }}>
        <Icon name="search" />
        <input
          {...list.input}
          role="combobox"
          className="cs-input"
          aria-label={strings.palette.placeholder}
          aria-expanded="true"
          placeholder={strings.palette.placeholder}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to type into it
          autoFocus
          value={typed}
          onChange={event => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Kbd keys="Esc" />
      </div>
      <div
        id={list.listId}
        role="listbox"
        aria-label={strings.palette.results}
        className="cs-list"
        hidden={found.length === 0}
      >
        {found.map((command, index) => (
          <ListOption
            key={command.id}
            state={list.option(index)}
            refused={Boolean(command.disabledReason)}
            onChoose={() => choose(command)}
          >
            <span className="cs-option-main">
              <Marked text={command.title} typed={typed} />
              {command.disabledReason && <span className="cs-description">{command.disabledReason}</span>}
            </span>
            <span className="cs-option-end cs-small">{command.section}</span>
            {command.keys && (
              <span className="cs-option-end">
                <Kbd keys={command.keys} />
              </span>
            )}
          </ListOption>
        ))}
      </div>
      {found.length === 0 && (
        <div className="cs-list-note" role="status">
          {strings.noMatch}
        </div>
      )}
    </>
  )
}

/** A text with the typed letters set off. */
export function Marked({ text, typed }: { text: string; typed: string }) {
  const at = new Set(fuzzyMatch(typed, text)?.at)
  if (at.size === 0) return text
  return Array.from(text, (letter, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: letters are their places
    at.has(index) ? <mark key={index}>{letter}</mark> : letter,
  )
}
