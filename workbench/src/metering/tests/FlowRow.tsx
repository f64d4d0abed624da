import { judgeRun } from '@curbstop/server/contract/staff'
import { formatNumber, NumberField } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import type { Point, Rules } from './shapes.ts'
import { runOf, type Typed } from './sheet.ts'

type Props = {
  point: Point
  meter: Parameters<typeof judgeRun>[0]
  rules: Rules
  typed: Typed
  onChange: (typed: Typed) => void
}

/** One flow: what went through, what the meter said, and at once how that stands to its limits. */
export function FlowRow({ point, meter, rules, typed, onChange }: Props) {
  const t = useWords('meterTests')
  const run = runOf(point, typed)
  const bounds = judgeRun(meter, run ?? { point, gpm: 1, throughGallons: 1, registeredGallons: 1 }, rules)
  const limits = Number.isFinite(bounds.most)
    ? t('enter.between', { least: bounds.least, most: bounds.most })
    : t('enter.atLeast', { least: bounds.least })
  const name = t(`points.${point}`)
  const label = (what: 'gpm' | 'through' | 'registered') =>
    t('enter.of', { what: t(`enter.${what}`), point: name.toLowerCase() })
  const field = (what: 'gpm' | 'through' | 'registered') => (
    <NumberField
      label={label(what)}
      name={`${point}-${what}`}
      min={0}
      value={typed[what]}
      onChange={value => onChange({ ...typed, [what]: value })}
    />
  )
  return (
    <div className="wb-flow">
      {field('gpm')}
      {field('through')}
      {field('registered')}
      <p className="wb-flow-said" aria-live="polite" data-passed={run ? bounds.passed : undefined}>
        {run && (
          <strong>
            {`${formatNumber(bounds.accuracy)} % `}
            {t(bounds.passed ? 'enter.passes' : 'enter.fails', { rule: bounds.rule })}
          </strong>
        )}
        <span className="cs-quiet">{`${t('enter.limits')} ${limits}${run ? '' : ` (${bounds.rule})`}`}</span>
        {run && !bounds.flowFits && (
          <span className="cs-quiet">{t('enter.flowOff', { gpm: bounds.expectedGpm ?? '' })}</span>
        )}
        {run && bounds.overRange && <span className="cs-quiet">{t('enter.overRange')}</span>}
      </p>
    </div>
  )
}
