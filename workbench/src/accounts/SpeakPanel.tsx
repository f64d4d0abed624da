import { formatDate, Section, useUi } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { View } from './view.ts'

/** Who may speak for the customer, about what, until when (ACC-016). */
export function SpeakPanel({ view: { customer } }: { view: View }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  if (customer.visibility !== 'open') return null
  const shown = customer.authorized.filter(one => one.state !== 'revoked')
  const day = (on: (typeof shown)[number]['validFrom']) => formatDate(on, strings, { today, short: true })
  return (
    <Section title={t('speak.title')}>
      {shown.length === 0 && <p className="cs-quiet">{t('speak.none')}</p>}
      <ul className="wb-lines">
        {shown.map(one => {
          const on = one.state === 'not-yet' ? one.validFrom : one.validTo
          const isOver = one.state === 'expired'
          return (
            <li key={String(one.authorizedId)} className={isOver ? 'cs-quiet' : undefined}>
              {one.name} <span className="cs-quiet">{one.relation}</span>
              <br />
              <span className="cs-quiet">
                {one.scopes.map(scope => t(`speak.scope.${scope}`)).join(', ')}
                {one.state === 'in-force'
                  ? on
                    ? ` · ${t('speak.until', { on: day(on) })}`
                    : ''
                  : ` · ${t(`speak.state.${one.state}`, { on: on ? day(on) : '' })}`}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
