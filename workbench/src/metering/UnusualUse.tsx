import type { AccountId } from '@curbstop/kernel/ids'
import { Alert, Checkbox } from '@curbstop/ui'
import { PriceOfUse } from '../billing/BillsOfRead.tsx'
import type { ApiError } from '../shell/call.ts'
import { useWords } from '../shell/words.ts'

type UnusualProps = {
  accountId: AccountId
  refusal: ApiError | null
  knows: boolean
  onKnow: (knows: boolean) => void
}

/** VEE-011: what a read far outside would mean in units and dollars, and the tick that says the dial shows it. */
export function UnusualUse({ accountId, refusal, knows, onKnow }: UnusualProps) {
  const t = useWords('metering')
  if (!refusal && !knows) return null
  return (
    <>
      {refusal && (
        <Alert tone="amber" live title={t('enter.unusual')}>
          <p>{refusal.message}</p>
          <PriceOfUse
            accountId={accountId}
            units={String(refusal.wire.facts.units ?? '').replaceAll(',', '')}
          />
        </Alert>
      )}
      <Checkbox checked={knows} onChange={onKnow}>
        {t('enter.knows')}
      </Checkbox>
    </>
  )
}
