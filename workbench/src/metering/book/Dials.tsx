import { formatDate, useUi } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import { calculateUse } from './dial-use.ts'
import { dialText, gallonsText } from './format.ts'
import type { ExceptionView } from './shapes.ts'

type DialProps = { label: string; digits: string; unlike: string | null }

/** The digits as they stand on the register; those that differ from the other one are told apart. */
function Dial({ label, digits, unlike }: DialProps) {
  return (
    <div className="wb-dial">
      <span className="wb-dial-label">{label}</span>
      <span className="wb-dial-face" role="img" aria-label={digits}>
        {[...digits].map((digit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a digit is its place
          <span key={at} data-unlike={unlike !== null && unlike[at] !== digit ? '' : undefined}>
            {digit}
          </span>
        ))}
      </span>
    </div>
  )
}

/** The dial before and now, and how far it moved. `value` in the place of the read while one is typed. */
export function Dials({ view, value = view.value }: { view: ExceptionView; value?: bigint | null }) {
  const t = useWords('readBook')
  const kinds = useWords('metering')
  const { strings, today } = useUi()
  const { previous, dials, onDate, unit } = view
  if (value === null) return <p className="cs-quiet">{t('view.noDial')}</p>
  const on = (date: typeof onDate) => formatDate(date, strings, { today, short: true })
  const now = dialText(value, dials)
  const before = previous && dialText(previous.value, dials)
  const use = calculateUse(value, view)
  return (
    <div className="wb-dials">
      {previous && before && (
        <Dial
          label={t('view.dialBefore', { on: on(previous.readOn), kind: kinds(`readKind.${previous.kind}`) })}
          digits={before}
          unlike={null}
        />
      )}
      <Dial label={t('view.dialNow', { on: on(onDate) })} digits={now} unlike={before} />
      {use && previous && (
        <p className={use.passedZero ? 'cs-tone-amber' : 'cs-quiet'}>
          {use.passedZero
            ? t('view.below', {
                units: (previous.value - value).toLocaleString('en-US'),
                unit: kinds(`unit.${unit}`),
              })
            : use.units === 0n
              ? t('view.notMoved')
              : t('view.moved', {
                  units: use.units.toLocaleString('en-US'),
                  unit: kinds(`unit.${unit}`),
                  gallons: gallonsText(use.gallons),
                })}
        </p>
      )}
    </div>
  )
}
