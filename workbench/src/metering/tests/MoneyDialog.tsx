import type { AccountId, Id } from '@curbstop/kernel/ids'
import { billing } from '@curbstop/server/contract/staff'
import { useToast } from '@curbstop/ui'
import { useDo } from '../../shell/ask.ts'
import { ReasonDialog } from '../../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useWords } from '../../shell/words.ts'
import type { Proposal } from './shapes.ts'

export type Act = 'post' | 'propose' | 'waive'

type Props = {
  act: Act
  title: string
  accountId: AccountId
  proposal: Proposal
  resultId: Id<'meter-test-result'>
  onClose: () => void
}

/** The figures go with the word: when they changed since they were shown, nothing is posted. */
export function MoneyDialog({ act, title, accountId, proposal, resultId, onClose }: Props) {
  const t = useWords('meterTests')
  const toasts = useToast()
  const refresh = useRefreshArea('billing', 'metering', 'reports', 'desk', 'variances')
  const settle = useDo(billing.settleMeterTest)
  const propose = useDo(billing.proposeMeterMoney)
  const { testId, cents, outcome } = proposal
  const run = async (reason: string) => {
    const asked = { accountId, testId, resultId, cents, reason }
    if (act === 'propose') await propose.mutateAsync(asked)
    else await settle.mutateAsync({ ...asked, waive: act === 'waive' })
    refresh()
    const done = act === 'propose' ? 'proposed' : act === 'waive' ? 'waived' : outcome
    toasts.show({ text: t(`act.done.${done}`) })
  }
  return (
    <ReasonDialog
      title={title}
      label={t('act.reason')}
      missing={t('act.missing')}
      confirmLabel={title}
      danger={act === 'waive'}
      onClose={onClose}
      onConfirm={run}
    >
      <p>{proposal.says}</p>
    </ReasonDialog>
  )
}
