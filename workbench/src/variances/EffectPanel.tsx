import { Disclosure, formatDate, formatNumber, Money, Section, useUi } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { Effect } from './draft.ts'

type Next = NonNullable<Effect['next']>
type World = Next['before']

/** The coming bill in both worlds as bars and as a table, then the last twelve: rated by the real function. */
export function EffectPanel({ effect, isStale }: { effect: Effect | undefined; isStale: boolean }) {
  const t = useWords('variances')
  if (!effect) return <Section title={t('effect.title')}>{t('effect.nothing')}</Section>
  return (
    <Section title={t('effect.title')}>
      <div aria-busy={isStale} className="cs-stack">
        {effect.says && <p className="cs-quiet">{effect.says}</p>}
        {effect.next && <NextBill next={effect.next} unit={effect.billUnit} />}
        <Credits effect={effect} />
        <Year effect={effect} />
      </div>
    </Section>
  )
}

function NextBill({ next, unit }: { next: Next; unit: string }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  const day = (on: Next['fromOn']) => formatDate(on, strings, { today, short: true })
  const usage = Number(next.usageUnits)
  const use = formatNumber(usage)
  const { before, after } = next
  const most = Math.max(usage, Number(before.budgetUnits ?? 0), Number(after.budgetUnits ?? 0), 1)
  return (
    <figure className="wb-effect" aria-label={t('effect.chart')}>
      <figcaption>
        <strong>{t('effect.chart')}</strong>
        <span className="cs-quiet">
          {' '}
          {t('effect.next', { from: day(next.fromOn), to: day(next.toOn), use, unit })}
        </span>
      </figcaption>
      <Bar label={t('effect.before')} world={before} usage={usage} most={most} unit={unit} />
      <Bar label={t('effect.after')} world={after} usage={usage} most={most} unit={unit} />
      <TierTable next={next} unit={unit} />
    </figure>
  )
}

type BarProps = { label: string; world: World; usage: number; most: number; unit: string }

/** Where the use falls: indoors, outdoors, over the budget; what is left of the budget is hatched. One scale for both. */
function Bar({ label, world, usage, most, unit }: BarProps) {
  const t = useWords('variances')
  const indoor = Number(world.indoorUnits ?? 0)
  const budget = Number(world.budgetUnits ?? 0)
  const parts = [
    { id: 'indoor', value: Math.min(usage, indoor) },
    { id: 'outdoor', value: Math.max(0, Math.min(usage, budget) - indoor) },
    { id: 'over', value: Math.max(0, usage - budget) },
    { id: 'left', value: Math.max(0, budget - usage) },
  ] as const
  const shown = parts.filter(part => part.value >= 0.05)
  return (
    <div className="wb-effect-row">
      <span>{label}</span>
      <div>
        <div className="wb-budget-bar" aria-hidden="true">
          {shown.map(part => (
            <span key={part.id} data-part={part.id} style={{ inlineSize: `${(part.value / most) * 100}%` }} />
          ))}
        </div>
        <ul className="wb-budget-legend">
          {shown.map(part => (
            <li key={part.id}>
              <i data-part={part.id} aria-hidden="true" />
              {t(`effect.${part.id}`)} <b>{`${formatNumber(Math.round(part.value * 10) / 10)} ${unit}`}</b>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function TierTable({ next, unit }: { next: Next; unit: string }) {
  const t = useWords('variances')
  const { before, after } = next
  const tiers = [...new Set([...before.tiers, ...after.tiers].map(one => one.tier))].sort((a, b) => a - b)
  const units = (world: World, tier: number) => {
    const found = world.tiers.find(one => one.tier === tier)
    return found ? `${formatNumber(Number(found.units))} × $${found.price}` : '–'
  }
  const budget = (world: World) =>
    world.budgetUnits ? `${formatNumber(Math.round(Number(world.budgetUnits) * 10) / 10)} ${unit}` : '–'
  return (
    <table className="wb-effect-table">
      <thead>
        <tr>
          <th scope="col">{t('effect.column')}</th>
          <th scope="col">{t('effect.before')}</th>
          <th scope="col">{t('effect.after')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('effect.budget')}</th>
          <td>{budget(before)}</td>
          <td>{budget(after)}</td>
        </tr>
        {tiers.map(tier => (
          <tr key={tier}>
            <th scope="row">{t('effect.tier', { tier })}</th>
            <td>{units(before, tier)}</td>
            <td>{units(after, tier)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('effect.total')}</th>
          <td>
            <Money cents={before.totalCents} />
          </td>
          <td>
            <Money cents={after.totalCents} />
          </td>
        </tr>
        <tr>
          <th scope="row">{t('effect.difference')}</th>
          <td />
          <td>
            <Money cents={after.totalCents - before.totalCents} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function Credits({ effect: { credits } }: { effect: Effect }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  const day = (on: Next['fromOn']) => formatDate(on, strings, { today, short: true })
  return credits.map(one => (
    <p key={one.fromOn}>
      {t('effect.credit', { from: day(one.fromOn), to: day(one.toOn) })}: <Money cents={one.cents} />{' '}
      <span className="cs-quiet">{one.arithmetic}</span>
    </p>
  ))
}

function Year({ effect: { year, yearDifferenceCents, billUnit } }: { effect: Effect }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  if (year.length === 0) return null
  const budget = (units: string | null) =>
    units === null ? '–' : `${formatNumber(Math.round(Number(units) * 10) / 10)} ${billUnit}`
  return (
    <div>
      <p>
        {t('effect.year', { bills: year.length })} <Money cents={yearDifferenceCents} />{' '}
        <span className="cs-quiet">{t('effect.yearHelp')}</span>
      </p>
      <Disclosure title={t('effect.show')}>
        <table className="wb-effect-table">
          <thead>
            <tr>
              <th scope="col">{t('effect.yearPeriod')}</th>
              <th scope="col">{t('effect.yearBudget')}</th>
              <th scope="col">{t('effect.yearBefore')}</th>
              <th scope="col">{t('effect.yearAfter')}</th>
            </tr>
          </thead>
          <tbody>
            {year.map(one => (
              <tr key={String(one.billId)}>
                <th scope="row">{formatDate(one.toOn, strings, { today })}</th>
                <td>{`${budget(one.budgetBefore)} → ${budget(one.budgetAfter)}`}</td>
                <td>
                  <Money cents={one.beforeCents} />
                </td>
                <td>
                  <Money cents={one.afterCents} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </div>
  )
}
