import { Button, Link, Section } from '@curbstop/ui'
import { useEffect, useRef } from 'react'
import { AccountLink } from '../../desk/AccountLink.tsx'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import type { Move } from './use-move.ts'

/** What was done, with ways to the accounts it touched. */
export function MoveDone({ move }: { move: Move }) {
  const t = useWords('move')
  const { draft, act, touched, again } = move
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const done = act.data!
  const others = touched.filter(id => id !== done.accountId)
  return (
    <>
      <h2 ref={head} tabIndex={-1} className="cs-title cs-tone-green">
        {t(`done.${draft.kind}`, { number: done.number })}
      </h2>
      <Section title={t('done.title')}>
        <ol className="wb-steps">
          {done.steps.map(step => (
            <li key={`${step.code} ${step.says}`}>{step.says}</li>
          ))}
        </ol>
        <p className="cs-quiet">{t('done.undo')}</p>
      </Section>
      <ul className="cs-inline wb-ways-on">
        <li>
          <Link href={paths.account(done.accountId)}>{t('done.account', { number: done.number })}</Link>
        </li>
        {others.map(id => (
          <li key={String(id)}>
            <AccountLink accountId={id} />
          </li>
        ))}
        {done.orders.length > 0 && (
          <li>
            <Link href={paths.orders}>{t('done.orders')}</Link>
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
