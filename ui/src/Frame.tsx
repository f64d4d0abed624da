import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { Link } from './Link.tsx'
import { Tooltip } from './Tooltip.tsx'
import { useStrings } from './UiProvider.tsx'

export type RailItem = {
  id: string
  label: string
  icon: IconName
  href: string
  keys?: string
  count?: number
}

export type FrameProps = {
  brand: { label: string; mark: ReactNode; href: string }
  search: ReactNode
  /** Figures and names at the end of the top bar. */
  status: ReactNode
  rail: readonly RailItem[]
  railCurrent: string | null
  /** A <TabStrip>. */
  tabs?: ReactNode
  /** A <Columns>, or any page. */
  children: ReactNode
}

/** The frame of every instrument: top bar, rail, tabs, page. */
export function Frame({ brand, search, status, rail, railCurrent, tabs, children }: FrameProps) {
  const strings = useStrings()
  return (
    <div className="cs-frame">
      <a className="cs-skip" href="#cs-page">
        {strings.frame.skip}
      </a>
      <header className="cs-top">
        <Link className="cs-brand" href={brand.href} label={brand.label}>
          {brand.mark}
        </Link>
        <div className="cs-top-search">{search}</div>
        <div className="cs-top-status">{status}</div>
      </header>
      <nav className="cs-rail" aria-label={strings.frame.rail}>
        <ul>
          {rail.map(item => (
            <li key={item.id}>
              <RailLink item={item} current={item.id === railCurrent} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="cs-main">
        {tabs ?? <span />}
        {children}
      </div>
    </div>
  )
}

function RailLink({ item, current }: { item: RailItem; current: boolean }) {
  return (
    <Link
      className="cs-rail-item"
      href={item.href}
      current={current ? 'page' : undefined}
      label={item.count ? `${item.label}, ${item.count}` : item.label}
      title={item.keys ? `${item.label}  ${item.keys}` : item.label}
    >
      <Icon name={item.icon} />
      {item.count ? <span className="cs-rail-count">{item.count}</span> : null}
    </Link>
  )
}

export type StripTab = { id: string; title: string; unsaved?: boolean }

export type TabStripProps = {
  tabs: readonly StripTab[]
  current: string | null
  onSelect: (id: string) => void
  onClose: (id: string) => void
  onNew?: () => void
}

/** Open pages, with a dot where something is not saved; Delete closes the one with the focus. */
export function TabStrip({ tabs, current, onSelect, onClose, onNew }: TabStripProps) {
  const strings = useStrings()
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (event.key === 'Delete') onClose(id)
  }
  return (
    <nav className="cs-strip" aria-label={strings.frame.tabs}>
      <ul>
        {tabs.map(tab => (
          <li key={tab.id} data-current={tab.id === current || undefined}>
            <button
              type="button"
              className="cs-strip-tab"
              aria-current={tab.id === current ? 'page' : undefined}
              onClick={() => onSelect(tab.id)}
              onKeyDown={event => onKeyDown(event, tab.id)}
            >
              {tab.title}
              {tab.unsaved && (
                <span className="cs-strip-dot" role="img" aria-label={`, ${strings.frame.unsaved}`} />
              )}
            </button>
            <button
              type="button"
              className="cs-icon-button cs-icon-button-small"
              aria-label={strings.frame.closeTab(tab.title)}
              onClick={() => onClose(tab.id)}
            >
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
        {onNew && (
          <li>
            <Tooltip text={strings.frame.newTab}>
              <button
                type="button"
                className="cs-icon-button"
                aria-label={strings.frame.newTab}
                onClick={onNew}
              >
                <Icon name="plus" size={14} />
              </button>
            </Tooltip>
          </li>
        )}
      </ul>
    </nav>
  )
}

export type ColumnsProps = {
  left?: ReactNode
  children: ReactNode
  right?: ReactNode
  leftLabel?: string
  rightLabel?: string
  /** What the folded strip keeps showing of the right panel, such as the time of a call. */
  rightStrip?: ReactNode
  /**
   * On a phone a list and what is chosen from it are two pages: `list` shows the left (and of the middle what is
   * `cs-phone-only`: its heading), `chosen` the rest, with a way
   * back. Without it everything stacks.
   */
  phone?: {
    readonly shows: 'list' | 'chosen'
    readonly back: { readonly label: string; readonly href: string }
  }
}

/** As in `frame-narrow.css`. */
export const phoneWidth = '(max-width: 619px)'

/** Facts · story · act. At 1280 px the act folds to a strip that opens over the page; narrower, all three stack. */
export function Columns(props: ColumnsProps) {
  const { left, children, right, leftLabel, rightLabel, rightStrip, phone } = props
  const page = useRef<HTMLElement>(null)
  const shows = phone?.shows ?? null
  useEffect(() => {
    if (shows === null || !matchMedia(phoneWidth).matches) return
    if (shows === 'chosen') page.current?.focus()
    window.scrollTo(0, 0)
  }, [shows])
  const { frame } = useStrings()
  const shape = [left && 'left', 'middle', right && 'right'].filter(Boolean).join('-')
  return (
    <div className="cs-columns" data-shape={shape} data-phone={phone?.shows}>
      {left && (
        <aside className="cs-column" aria-label={leftLabel ?? frame.facts}>
          {left}
        </aside>
      )}
      <main ref={page} id="cs-page" className="cs-column" tabIndex={-1}>
        {phone?.shows === 'chosen' && (
          <Link className="cs-link cs-phone-only cs-phone-back" href={phone.back.href}>
            <Icon name="left" />
            {phone.back.label}
          </Link>
        )}
        {children}
      </main>
      {right && (
        <RightPanel label={rightLabel ?? frame.side} strip={rightStrip}>
          {right}
        </RightPanel>
      )}
    </div>
  )
}

function RightPanel({ label, strip, children }: { label: string; strip?: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const fold = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (open) body.current?.focus()
  }, [open])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open || event.defaultPrevented) return
    setOpen(false)
    fold.current?.focus()
  }
  return (
    <aside className="cs-right" aria-label={label} data-open={open || undefined} onKeyDown={onKeyDown}>
      <button
        ref={fold}
        type="button"
        className="cs-fold"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'right' : 'left'} />
        <span className="cs-fold-title">{label}</span>
        {strip}
      </button>
      <div ref={body} className="cs-column" tabIndex={-1}>
        {children}
      </div>
    </aside>
  )
}
