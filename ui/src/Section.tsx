import type { ReactNode } from 'react'
import { useId } from 'react'
import { classes } from './classes.ts'

export type SectionProps = {
  title: ReactNode
  /** Links and small controls at the end of the heading. */
  actions?: ReactNode
  children: ReactNode
  level?: 2 | 3 | 4
  id?: string
}

/** A named part of a page: a small quiet heading and what belongs to it, parted by space and not by a box. */
export function Section({ title, actions, children, level = 2, id }: SectionProps) {
  const titleId = useId()
  const Heading = `h${level}` as const
  return (
    <section id={id} className="cs-section" aria-labelledby={titleId}>
      <div className="cs-section-head">
        <Heading id={titleId} className="cs-section-title">
          {title}
        </Heading>
        {actions && <div className="cs-section-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

export type Fact = { label: ReactNode; value: ReactNode; id?: string }

/** Label–value rows; `lined` parts them with hairlines. */
export function FactList({ facts, lined }: { facts: readonly Fact[]; lined?: boolean }) {
  return (
    <dl className={classes('cs-facts', lined && 'cs-facts-lined')}>
      {facts.map((fact, index) => (
        <div key={fact.id ?? index}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
