import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { Icon } from './Icon.tsx'

export type TabItem = { id: string; title: ReactNode; content: ReactNode }

export type TabsProps = {
  label: string
  tabs: readonly TabItem[]
  selected?: string
  onChange?: (id: string) => void
}

/** Views of one thing, one at a time; arrows move between them. */
export function Tabs({ label, tabs, selected, onChange }: TabsProps) {
  const ids = useId()
  const [own, setOwn] = useState(tabs[0]?.id)
  const current = tabs.find(tab => tab.id === (selected ?? own)) ?? tabs[0]
  const choose = (id: string) => {
    setOwn(id)
    onChange?.(id)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    const next = step === undefined ? undefined : tabs.at(step % tabs.length)
    if (!next) return
    event.preventDefault()
    choose(next.id)
    document.getElementById(`${ids}-${next.id}`)?.focus()
  }
  return (
    <div>
      <div role="tablist" aria-label={label} className="cs-tabs-list">
        {tabs.map((tab, at) => (
          <button
            key={tab.id}
            id={`${ids}-${tab.id}`}
            type="button"
            role="tab"
            className="cs-tab"
            aria-selected={tab === current}
            aria-controls={tab === current ? `${ids}-panel` : undefined}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => choose(tab.id)}
            onKeyDown={event => onKeyDown(event, at)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      {current && (
        <div
          id={`${ids}-panel`}
          key={current.id}
          role="tabpanel"
          aria-labelledby={`${ids}-${current.id}`}
          className="cs-tab-panel"
        >
          {current.content}
        </div>
      )}
    </div>
  )
}

export type DisclosureProps = {
  title: ReactNode
  /** Stands at the end of the line, open or closed. */
  end?: ReactNode
  children: ReactNode
  defaultOpen?: boolean
  onToggle?: (open: boolean) => void
}

/** A line that unfolds. */
export function Disclosure({ title, end, children, defaultOpen, onToggle }: DisclosureProps) {
  return (
    <details
      className="cs-disclosure"
      open={defaultOpen}
      onToggle={event => onToggle?.(event.currentTarget.open)}
    >
      <summary>
        <Icon name="right" size={12} />
        <span>{title}</span>
        {end && <span className="cs-disclosure-end">{end}</span>}
      </summary>
      <div className="cs-disclosure-body">{children}</div>
    </details>
  )
}
