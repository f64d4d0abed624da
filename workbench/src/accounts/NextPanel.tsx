import { type Fact, FactList, formatDate, LocalDateText, Section, useUi } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { View } from './view.ts'

const offered = ['autopay', 'ebill'] as const

/** What comes next: read, bill, due date, what is enrolled, a move that is pending. */
export function NextPanel({ view }: { view: View }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  const { account } = view
  const next = view.next ?? account.next
  const running = account.enrolments.filter(one => one.toOn === null || one.toOn > view.today)
  const dates: Fact[] = next
    ? [
        { label: t('next.read'), value: <LocalDateText date={next.readOn} /> },
        { label: t('next.bill'), value: <LocalDateText date={next.billOn} /> },
        { label: t('next.due'), value: <LocalDateText date={next.dueOn} /> },
      ]
    : []
  const kinds = [
    ...offered,
    ...(running.some(one => one.kind === 'budget-billing') ? (['budget-billing'] as const) : []),
  ]
  const enrolments: Fact[] = kinds.map(kind => {
    const one = running.find(candidate => candidate.kind === kind)
    return {
      label: t(`next.enrolment.${kind}`),
      value: one
        ? t('next.enrolled', { on: formatDate(one.fromOn, strings, { today, short: true }) })
        : t('next.off'),
    }
  })
  const pending = account.changes.filter(one => one.cancelledAt === null && one.onDate >= view.today)
  return (
    <Section title={t('next.title')}>
      {account.status === 'closed' && <p className="cs-quiet">{t('next.closed')}</p>}
      {pending.map(one => (
        <p key={String(one.changeId)} className="cs-tone-amber">
          {t(`next.changes.${one.kind}`, { on: formatDate(one.onDate, strings, { today }) })}
        </p>
      ))}
      <FactList facts={account.status === 'closed' ? dates : [...dates, ...enrolments]} />
    </Section>
  )
}
