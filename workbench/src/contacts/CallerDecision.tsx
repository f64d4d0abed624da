import { Disclosure, Icon, LinkButton } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { ContactInHand } from './in-hand.ts'

type DecisionProps = {
  decision: NonNullable<ContactInHand['decision']>
  onAgain: (() => void) | null
}

/** Anybody may be told these; naming them again only costs reading. */
const always: readonly string[] = ['general', 'report-problem']

/** `✓ name ✓ last payment. May be told: balance, use. Not: closing.` */
export function CallerDecision({ decision, onAgain }: DecisionProps) {
  const t = useWords('contacts')
  const isProven = decision.outcome !== 'unverified'
  const list = (items: typeof decision.may) =>
    items
      .filter(one => !always.includes(one) || items.length <= always.length)
      .map(one => t(`proof.allowance.${one}`))
      .join(', ')
  return (
    <div role="status">
      <p className={isProven ? 'cs-tone-green' : 'cs-tone-amber'}>
        <Icon name={isProven ? 'check' : 'warning'} size={14} />{' '}
        {[
          t(`proof.outcome.${decision.outcome}`),
          ...decision.proven.map(item => t(`proof.item.${item}`)),
        ].join(' · ')}
      </p>
      <p className="cs-quiet">
        {t('proof.may', { list: list(decision.may) })}
        {decision.mayNot.length > 0 && ` ${t('proof.mayNot', { list: list(decision.mayNot) })}`}
      </p>
      {decision.askSays && <p className="wb-ask">{t('proof.ask', { words: decision.askSays })}</p>}
      <div className="wb-decision-end">
        <Disclosure title={<span className="cs-quiet cs-small">{t('proof.why')}</span>}>
          <p className="cs-quiet cs-small">{decision.why}</p>
        </Disclosure>
        {onAgain && <LinkButton onPress={onAgain}>{t('proof.again')}</LinkButton>}
      </div>
    </div>
  )
}
