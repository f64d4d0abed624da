import { formatDollars } from '@curbstop/kernel/money'
import { billing } from '@curbstop/server/contract/staff'
import { useAsk } from '../../shell/ask.ts'
import { useWords } from '../../shell/words.ts'
import { calculateUse, ccfText } from './dial-use.ts'
import { gallonsText } from './format.ts'
import type { ExceptionView } from './shapes.ts'

/** What a value would mean: the water, beside what is usual, and the last bill at this use. */
export function ValueMeans({ view, value }: { view: ExceptionView; value: bigint }) {
  const t = useWords('readBook')
  const use = calculateUse(value, view)
  const units = use ? ccfText(use.gallons) : '0'
  const price = useAsk(
    billing.priceOfUse,
    { accountId: view.accountId!, units },
    { enabled: use !== null && view.accountId !== null, keepPrevious: true, staleTime: 300_000 },
  )
  if (!use) return null
  const { gallons, days, passedZero } = use
  const total = price.data?.totalCents
  const { bandLow, bandHigh } = view
  return (
    <div className="wb-means" role="status">
      <p className={passedZero ? 'cs-tone-amber' : undefined}>
        {passedZero
          ? t('form.meansOver', { gallons: gallonsText(gallons) })
          : use.units === 0n
            ? t('form.meansZero')
            : t('form.means', {
                gallons: gallonsText(gallons),
                days,
                perDay: gallonsText(gallons / days),
              })}
      </p>
      {bandLow !== null && bandHigh !== null && (
        <p className="cs-quiet">
          {t('form.usual', { low: gallonsText(bandLow), high: gallonsText(bandHigh) })}
        </p>
      )}
      {total !== null && total !== undefined && <p>{t('form.bill', { total: formatDollars(total) })}</p>}
    </div>
  )
}
