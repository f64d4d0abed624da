import { formatDate, Link, useUi } from '@curbstop/ui'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import type { Situation } from './draft.ts'

const states = ['on', 'off-at-meter', 'off-at-curb', 'off-at-source'] as const

/** Who is served at an address on the day, who was before, who comes, who owns it, what is in the ground. */
export function SituationFacts({ situation }: { situation: Situation }) {
  const t = useWords('move')
  const { strings, today } = useUi()
  const day = (on: Situation['onDate'] | null) =>
    on ? formatDate(on, strings, { today }) : t('situation.hidden')
  const { occupant, previous, next, owner, points } = situation
  const point = (one: Situation['points'][number]): string => {
    const state = states.find(known => known === one.state)
    return t('situation.point', {
      service: t(`service.${one.service}`),
      state: state ? t(`situation.state.${state}`) : one.state,
    })
  }
  return (
    <ul className="wb-situation">
      {occupant ? (
        <li className="cs-tone-amber">
          {occupant.toOn
            ? t('situation.hereUntil', {
                name: occupant.name,
                from: day(occupant.fromOn),
                to: day(occupant.toOn),
              })
            : t('situation.here', { name: occupant.name, from: day(occupant.fromOn) })}
          {occupant.accountId && (
            <>
              {' · '}
              <Link href={paths.account(occupant.accountId)}>{t('situation.account')}</Link>
            </>
          )}
        </li>
      ) : (
        <li>{t('situation.empty')}</li>
      )}
      {previous && (
        <li className={previous.gapDays > 0 ? 'cs-tone-amber' : undefined}>
          {t('situation.previous', {
            name: previous.name,
            to: day(previous.toOn),
            count: previous.gapDays,
          })}
        </li>
      )}
      {next && (
        <li className="cs-tone-amber">{t('situation.next', { name: next.name, from: day(next.fromOn) })}</li>
      )}
      <li className="cs-quiet">
        {owner
          ? t('situation.owner', {
              name: owner.name,
              what: t(`situation.onTenantStop.${owner.onTenantStop}`),
            })
          : t('situation.ownerNone')}
      </li>
      <li className="cs-quiet">{t('situation.points', { points: points.map(point).join(', ') })}</li>
    </ul>
  )
}
