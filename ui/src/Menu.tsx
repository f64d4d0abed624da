import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Popover } from 'react-aria-components'
import { classes } from './classes.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'

export type MenuAction = {
  id: string
  label: string
  kbd?: string
  danger?: boolean
  /** It stays in the menu, does nothing and says why. */
  disabledReason?: string | null
  run: () => void
}

export type MenuProps = {
  /** The words of the button; its name when there is only an icon. */
  label: string
  icon?: IconName
  items: readonly MenuAction[]
  variant?: 'quiet' | 'plain' | 'link' | 'icon'
  children?: ReactNode
}

const looks = {
  quiet: 'cs-button',
  plain: 'cs-button cs-button-plain',
  link: 'cs-link',
  icon: 'cs-icon-button',
}

/** Acts behind one button; arrows or a first letter move, Esc and Tab leave, the button gets the focus back. */
export function Menu({ label, icon, items, variant = 'quiet', children }: MenuProps) {
  const menuId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const choose = (item: MenuAction) => {
    if (item.disabledReason) return
    close()
    item.run()
  }
  // A press outside takes the focus away; one on the button is left to its own click.
  const leave = (to: EventTarget | null) => {
    if (to !== button.current) setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setOpen(true)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={looks[variant]}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        aria-label={variant === 'icon' ? label : undefined}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onKeyDown}
      >
        {icon && <Icon name={icon} />}
        {variant !== 'icon' && (children ?? label)}
        {variant !== 'icon' && <Icon name="down" size={12} />}
      </button>
      <Popover
        className="cs-popover"
        triggerRef={button}
        isOpen={isOpen}
        onOpenChange={setOpen}
        isNonModal
        placement="bottom start"
        offset={2}
      >
        <MenuList id={menuId} label={label} items={items} onChoose={choose} onClose={close} onLeave={leave} />
      </Popover>
    </>
  )
}

type MenuListProps = {
  id: string
  label: string
  items: readonly MenuAction[]
  onChoose: (item: MenuAction) => void
  onClose: () => void
  onLeave: (to: EventTarget | null) => void
}

function MenuList({ id, label, items, onChoose, onClose, onLeave }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)
  const itemsShown = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const all = itemsShown()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (to !== undefined) all.at(to % all.length)?.focus()
    else if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else if (event.key.length === 1 && event.key !== ' ') {
      const later = [...all.slice(at + 1), ...all]
      later.find(item => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
    } else return
    event.stopPropagation()
    if (event.key !== 'Tab') event.preventDefault()
  }
  const onBlur = (event: FocusEvent) => {
    if (!list.current?.contains(event.relatedTarget as Node | null)) onLeave(event.relatedTarget)
  }
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className="cs-list"
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {items.map(item => (
        <button
          key={item.id}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={classes('cs-option', 'cs-menu-item', item.danger && 'cs-option-danger')}
          aria-disabled={item.disabledReason ? true : undefined}
          data-disabled={item.disabledReason ? true : undefined}
          onMouseMove={event => event.currentTarget.focus({ preventScroll: true })}
          onClick={() => onChoose(item)}
        >
          <span className="cs-option-main">
            {item.label}
            {item.disabledReason && <span className="cs-description">{item.disabledReason}</span>}
          </span>
          {item.kbd && (
            <span className="cs-option-end">
              <Kbd keys={item.kbd} />
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
