import { formatDate, Link, Section, useUi } from '@curbstop/ui'
import type { View } from '../accounts/view.ts'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'

/** On the account page: what counts on its bills and until when, and what waits for an answer. */
export function AccountVariancePanel({ view: { account, variances } }: { view: View }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  const mayTake = useMay('variances.request')
  const day = (on: NonNullable<(typeof variances.active)[number]['untilOn']>) =>
    formatDate(on, strings, { today })
  const nothing = variances.active.length === 0 && variances.waiting.length === 0
  if (account.status === 'closed' && nothing) return null
  return (
    <Section
      title={t('panel.title')}
      actions={
        mayTake && account.status !== 'closed' ? (
          <Link href={paths.newVariance(account.accountId)}>{t('panel.take')}</Link>
        ) : null
      }
    >
      {nothing && <p className="cs-quiet">{t('panel.none')}</p>}
      <ul className="wb-ways">
        {variances.active.map(one => (
          <li key={`${one.varianceId} ${one.says}`}>
            <Link href={paths.variance(account.accountId, one.varianceId)}>
              {one.says || t('panel.hidden')}
            </Link>
            <span className={one.isEnding ? 'cs-tone-amber' : 'cs-quiet'}>
              {` · ${one.untilOn ? t('page.until', { on: day(one.untilOn) }) : t('page.untilEver')}`}
            </span>
          </li>
        ))}
        {variances.waiting.map(one => (
          <li key={String(one.varianceId)}>
            <Link href={paths.variance(account.accountId, one.varianceId)}>
              {t('panel.waiting', {
                kind: one.kind ? t(`kinds.${one.kind}`) : t('panel.hidden'),
                state: t(`states.${one.state}`),
                on: day(one.dueOn),
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
