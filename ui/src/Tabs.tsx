import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'
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
  return (
    <AriaTabs
      {...(selected === undefined ? {} : { selectedKey: selected })}
      onSelectionChange={key => onChange?.(String(key))}
    >
      <TabList aria-label={label} className="cs-tabs-list">
        {tabs.map(tab => (
          <Tab key={tab.id} id={tab.id} className="cs-tab">
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map(tab => (
        <TabPanel key={tab.id} id={tab.id} className="cs-tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
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
