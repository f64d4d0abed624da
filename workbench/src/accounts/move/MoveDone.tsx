import { Button, Link, Section } from '@curbstop/ui'
import { useEffect, useRef } from 'react'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import type { Move } from './use-move.ts'

/** What was done, with ways to the accounts it touched. */
export function MoveDone({ move }: { move: Move }) {
  const t = useWords('move')
  const { draft, act, known, again } = move
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const done = act.data!
  const before = draft.kind === 'transfer' ? (known.card?.accountId ?? null) : null
  const prior = draft.kind === 'stop' ? null : (known.situation?.occupant?.accountId ?? null)
  return (
    <>
      <h2 ref={head} tabIndex={-1} className="cs-title cs-tone-green">
        {t(`done.${draft.kind}`, { number: done.number })}
      </h2>
      <Section title={t('preview')}>
        <ol className="wb-steps">
          {done.steps.map(step => (
            <li key={step.code}>{step.says}</li>
          ))}
        </ol>
        <p className="cs-quiet">{t('done.undo')}</p>
      </Section>
      <ul className="cs-inline">
        <li>
          <Link href={paths.account(done.accountId)}>{t('done.account', { number: done.number })}</Link>
        </li>
        {before && before !== done.accountId && (
          <li>
            <Link href={paths.account(before)}>{t('done.old')}</Link>
          </li>
        )}
        {prior && (
          <li>
            <Link href={paths.account(prior)}>{t('done.prior')}</Link>
          </li>
        )}
      </ul>
      <div className="cs-inline">
        <Button onPress={again} autoFocus={false}>
          {t('done.again')}
        </Button>
      </div>
    </>
  )
}
