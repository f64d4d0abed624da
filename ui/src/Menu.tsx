import type { ReactNode } from 'react'
import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { classes } from './classes.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'

export type MenuAction = {
  id: string
  label: string
  kbd?: string
  danger?: boolean
  /** It stays in the menu, cannot be chosen and says why. */
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

/** Acts behind one button. */
export function Menu({ label, icon, items, variant = 'quiet', children }: MenuProps) {
  const look = {
    quiet: 'cs-button',
    plain: 'cs-button cs-button-plain',
    link: 'cs-link',
    icon: 'cs-icon-button',
  }
  return (
    <MenuTrigger>
      <AriaButton className={look[variant]} {...(variant === 'icon' ? { 'aria-label': label } : {})}>
        {icon && <Icon name={icon} />}
        {variant !== 'icon' && (children ?? label)}
        {variant !== 'icon' && <Icon name="down" size={12} />}
      </AriaButton>
      <Popover className="cs-popover" offset={2}>
        <AriaMenu className="cs-list" aria-label={label}>
          {items.map(item => (
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              className={classes('cs-option', item.danger && 'cs-option-danger')}
              isDisabled={Boolean(item.disabledReason)}
              onAction={item.run}
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
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
