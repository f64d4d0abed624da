import { type MouseEvent, type ReactNode, type Ref, useId } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import { Tooltip } from './Tooltip.tsx'

export type ButtonProps = {
  children: ReactNode
  onPress?: () => void
  variant?: 'primary' | 'quiet' | 'danger' | 'plain'
  type?: 'button' | 'submit'
  /** The single key that does the same, printed in the button. */
  kbd?: string
  icon?: IconName
  /** Why it cannot be pressed: it stays reachable and says this sentence. */
  disabledReason?: string | null
  /** Work is under way; another press does nothing. */
  busy?: boolean
  /** Id of the form it submits, when it stands outside of it. */
  form?: string
  autoFocus?: boolean
  ref?: Ref<HTMLButtonElement>
  'aria-expanded'?: boolean
  'aria-label'?: string
}

/** Swallows the press of a refused or busy button; a submit must not reach its form either. */
function guarded(blocked: boolean, onPress?: () => void) {
  return (event: MouseEvent) => {
    if (blocked) event.preventDefault()
    else onPress?.()
  }
}

/** The one button: primary for the next thing to do, quiet for the rest, danger for what cannot be taken back. */
export function Button(props: ButtonProps) {
  const {
    children,
    onPress,
    variant = 'quiet',
    type = 'button',
    kbd,
    icon,
    disabledReason,
    busy,
    ...rest
  } = props
  const reasonId = useId()
  const button = (
    <button
      {...rest}
      type={type}
      className={classes('cs-button', `cs-button-${variant}`)}
      aria-disabled={disabledReason || busy ? true : undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason ? reasonId : undefined}
      aria-keyshortcuts={kbd?.length === 1 && kbd < '\u007f' ? kbd : undefined}
      onClick={guarded(Boolean(disabledReason || busy), onPress)}
    >
      {icon && <Icon name={icon} />}
      {children}
      {kbd && <Kbd keys={kbd} />}
    </button>
  )
  if (!disabledReason) return button
  return (
    <>
      <Tooltip text={disabledReason} delay={0}>
        {button}
      </Tooltip>
      <span id={reasonId} className="cs-sr">
        {disabledReason}
      </span>
    </>
  )
}

export type IconButtonProps = {
  icon: IconName
  label: string
  onPress?: () => void
  kbd?: string
  pressed?: boolean
  small?: boolean
  disabledReason?: string | null
  ref?: Ref<HTMLButtonElement>
  tabIndex?: number
}

/** A button that is only a drawing; its label is its name and its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, onPress, kbd, pressed, small, disabledReason, ref, tabIndex } = props
  return (
    <Tooltip text={disabledReason ?? label} {...(kbd ? { keys: kbd } : {})}>
      <button
        ref={ref}
        type="button"
        tabIndex={tabIndex}
        className={classes('cs-icon-button', small && 'cs-icon-button-small')}
        aria-label={label}
        aria-description={disabledReason ?? undefined}
        aria-disabled={disabledReason ? true : undefined}
        aria-pressed={pressed}
        onClick={guarded(Boolean(disabledReason), onPress)}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  )
}
