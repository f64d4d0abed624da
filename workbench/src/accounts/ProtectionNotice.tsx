import { customers } from '@curbstop/server/contract/staff'
import { Alert, LinkButton } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { View } from './view.ts'

/** A protected customer (PRV-019): what is hidden, why, and how to look behind it with a reason that is kept. */
export function ProtectionNotice({ view: { account, customer } }: { view: View }) {
  const t = useWords('accounts')
  const maySee = useMay('customers.see-protected')
  const [asking, setAsking] = useState(false)
  const { protection, visibility } = customer
  const title =
    visibility === 'hidden'
      ? t('guard.hidden')
      : visibility === 'sealed'
        ? t('guard.sealed')
        : t('guard.open')
  const detail = [
    visibility === 'hidden' ? t('guard.hiddenHelp') : null,
    protection?.substituteAddress ? t('guard.substitute', { address: protection.substituteAddress }) : null,
    protection?.stage === 'awaiting-approval' ? t('guard.awaiting') : null,
    protection?.stage === 'awaiting-lift' ? t('guard.lifting') : null,
  ].filter(line => line !== null)
  return (
    <>
      <Alert
        tone="amber"
        title={
          protection && visibility !== 'hidden' ? `${title} (${t(`guard.kind.${protection.kind}`)})` : title
        }
        actions={
          visibility === 'sealed' && maySee ? (
            <LinkButton onPress={() => setAsking(true)}>{t('guard.reveal')}</LinkButton>
          ) : null
        }
      >
        {detail.length > 0 ? detail.join(' ') : null}
      </Alert>
      {asking && (
        <RevealDialog
          customerId={customer.customerId}
          accountId={account.accountId}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

type RevealProps = {
  customerId: View['customer']['customerId']
  accountId: View['account']['accountId']
  onClose: () => void
}

function RevealDialog({ customerId, accountId, onClose }: RevealProps) {
  const t = useWords('accounts')
  const reveal = useDo(customers.reveal)
  const refresh = useRefreshAccount(accountId)
  return (
    <ReasonDialog
      title={t('guard.revealTitle')}
      label={t('guard.revealReason')}
      missing={t('guard.revealTitle')}
      confirmLabel={t('guard.revealDo')}
      onClose={onClose}
      onConfirm={async reason => {
        await reveal.mutateAsync({ customerId, reason })
        refresh()
      }}
    >
      <p>{t('guard.revealHelp')}</p>
    </ReasonDialog>
  )
}
