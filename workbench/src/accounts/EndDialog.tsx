import type { AccountId, Id } from '@curbstop/kernel/ids'
import { desk } from '@curbstop/server/contract/staff'
import { ConfirmDialog, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../shell/ask.ts'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useWords } from '../shell/words.ts'

export type Ending =
  | { what: 'alert'; id: Id<'alert'>; says: string }
  | { what: 'hold'; id: Id<'hold'>; says: string }

type EndProps = { accountId: AccountId; ending: Ending; onClose: () => void }

/** Takes an alert away or lifts a hold; the reason is asked once and kept. */
export function EndDialog({ accountId, ending, onClose }: EndProps) {
  const t = useWords('accounts')
  const toasts = useToast()
  const refresh = useRefreshAccount(accountId)
  const clear = useDo(desk.clearAlert)
  const lift = useDo(desk.liftHold)
  const [reason, setReason] = useState('')
  const isAlert = ending.what === 'alert'
  const end = async () => {
    if (isAlert) await clear.mutateAsync({ accountId, alertId: ending.id, reason })
    else await lift.mutateAsync({ accountId, holdId: ending.id as Id<'hold'>, reason })
    refresh()
    toasts.show({ text: isAlert ? t('alertDialog.cleared') : t('holdDialog.lifted') })
  }
  const why = isAlert ? t('alertDialog.clearReason') : t('holdDialog.liftReason')
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={isAlert ? t('alertDialog.clearTitle') : t('holdDialog.liftTitle')}
      confirmLabel={isAlert ? t('alertDialog.clear') : t('holdDialog.lift')}
      disabledReason={reason.trim().length < 4 ? why : null}
      onConfirm={end}
      errorText={error => (error as Error).message}
    >
      <div className="cs-stack">
        <p>{ending.says}</p>
        <TextField label={why} value={reason} onChange={setReason} autoFocus />
      </div>
    </ConfirmDialog>
  )
}
