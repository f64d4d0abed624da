import { Badge, formatDate, Icon, Section, useUi } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { Verdict } from './draft.ts'

const tones = { met: 'green', missing: 'amber', refused: 'red', note: 'quiet' } as const
const icons = { met: 'check', missing: 'clock', refused: 'stop', note: 'note' } as const

/** Every rule with what it says and where it comes from; then what an approval would give. */
export function RulesPanel({ verdict, isStale }: { verdict: Verdict | undefined; isStale: boolean }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  if (!verdict) return <Section title={t('rules.title')}>{t('rules.waiting')}</Section>
  const { rules, grants, fromOn, untilOn, hint } = verdict
  const day = (on: NonNullable<typeof fromOn>) => formatDate(on, strings, { today })
  return (
    <Section title={t('rules.title')}>
      <ul className="wb-rules" aria-busy={isStale} aria-live="polite">
        {rules.map(rule => (
          <li key={`${rule.code} ${rule.says}`} data-answer={rule.answer}>
            <span className={`cs-tone-${tones[rule.answer]}`}>
              <Icon name={icons[rule.answer]} size={14} />
              <span className="cs-sr">{t(`rules.answer.${rule.answer}`)}</span>
            </span>
            <span>
              {rule.says} <span className="cs-quiet">{`${rule.code} · ${rule.citation}`}</span>
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Badge tone={verdict.isEligible ? 'green' : 'amber'}>
          {verdict.isEligible ? t('rules.eligible') : t('rules.notEligible')}
        </Badge>
      </p>
      {grants && (
        <p>
          {t('rules.gives', { what: grants })}
          {fromOn && (
            <span className="cs-quiet">
              {' · '}
              {untilOn
                ? t('rules.span', { from: day(fromOn), until: day(untilOn) })
                : t('rules.from', { from: day(fromOn) })}
            </span>
          )}
        </p>
      )}
      {hint && (
        <p className="cs-quiet">
          <strong>{t('rules.hint')}:</strong> {hint}
        </p>
      )}
    </Section>
  )
}
