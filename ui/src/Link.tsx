import type { AriaAttributes, MouseEvent, ReactNode } from 'react'
import { useUi } from './UiProvider.tsx'

export type LinkProps = {
  href: string
  children: ReactNode
  className?: string
  current?: AriaAttributes['aria-current']
  label?: string
  title?: string
  onFollow?: () => void
}

/** A link that moves inside the app by `UiProvider.navigate`; a new-tab click stays the browser's own. */
export function Link({ href, children, className = 'cs-link', current, label, title, onFollow }: LinkProps) {
  const { navigate } = useUi()
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    onFollow?.()
    if (!navigate || !href.startsWith('/')) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a
      href={href}
      className={className}
      aria-current={current}
      aria-label={label}
      title={title}
      onClick={follow}
    >
      {children}
    </a>
  )
}

/** A button that reads as a link, for small acts inside a heading or a sentence. */
export function LinkButton(props: {
  children: ReactNode
  onPress: () => void
  pressed?: boolean
  expanded?: boolean
}) {
  return (
    <button
      type="button"
      className="cs-link"
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}
