import { formatDay } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import type { AccountId, MeterId } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import { billing } from '@curbstop/server/contract/staff'
import { Alert, Link } from '@curbstop/ui'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'

type Read = Input<typeof billing.listBillsOfRead>

/** The bills that rest on a read, asked before anybody voids it; none for those who may not see bills. */
export function useBillsOfRead({ meterId, readId }: { meterId: MeterId; readId: Read['readId'] }) {
  const maySee = useMay('billing.see')
  const asked = useAsk(billing.listBillsOfRead, { meterId, readId }, { enabled: maySee, staleTime: 0 })
  return asked.data ?? []
}

/** What a bill would lose with the read, each bill a link. */
export function BillsOfRead({ bills }: { bills: ReturnType<typeof useBillsOfRead> }) {
  const t = useWords('billing')
  if (bills.length === 0) return null
  return (
    <Alert tone="amber" title={t('ofRead.title', { count: bills.length })}>
      <ul className="wb-lines">
        {bills.map(bill => (
          <li key={`${bill.accountId}-${bill.billId}`}>
            <Link href={paths.bill(bill.accountId, bill.billId)}>
              {t('ofRead.bill', {
                from: formatDay(bill.fromOn),
                to: formatDay(bill.toOn),
                amount: formatDollars(bill.totalCents),
              })}
            </Link>{' '}
            {t(`ofRead.${bill.place}`)}
          </li>
        ))}
      </ul>
      <p>{t('ofRead.means')}</p>
    </Alert>
  )
}

/** What the account's latest bill would come to with this use; nothing while there is no bill to go by. */
export function PriceOfUse({ accountId, units }: { accountId: AccountId; units: string }) {
  const t = useWords('billing')
  const maySee = useMay('billing.see')
  const asked = useAsk(billing.priceOfUse, { accountId, units }, { enabled: maySee })
  const cents = asked.data?.totalCents
  if (cents == null) return null
  return <p>{t('ofRead.price', { amount: formatDollars(cents) })}</p>
}
