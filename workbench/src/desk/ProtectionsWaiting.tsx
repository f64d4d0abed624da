import type { Output } from '@curbstop/kernel/endpoint'
import { customers } from '@curbstop/server/contract/staff'
import { Badge, Button, InstantText, Section, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import { Nothing } from './Nothing.tsx'

type Waiting = Output<typeof customers.listProtectionsWaiting>[number]

/** Protections and liftings that one person proposed and a second one decides (PRV-019). */
export function ProtectionsWaiting() {
  const t = useWords('supervise')
  const words = useWords('accounts')
  const toasts = useToast()
  const refresh = useRefreshArea('customers', 'accounts', 'reports')
  const asked = useAsk(customers.listProtectionsWaiting, {})
  const decide = useDo(customers.decideProtection)
  const [open, setOpen] = useState<{ row: Waiting; approve: boolean } | null>(null)
  const title = (): string => {
    if (!open?.approve) return t('refuseTitle')
    return open.row.what === 'lift' ? t('approveLiftTitle') : t('approveTitle')
  }
  return (
    <Section title={t('protections')}>
      <Answer of={asked} lines={2}>
        {rows =>
          rows.length === 0 ? (
            <Nothing title={t('protectionsNone')} help={t('protectionsHelp')} />
          ) : (
            <ul className="cs-rows">
              {rows.map(row => (
                <li key={String(row.customerId)} className="cs-spread wb-wrap">
                  <span>
                    <Badge tone="amber">{t(row.what)}</Badge> <strong>{row.name}</strong>
                    {` · ${words(`guard.kind.${row.kind}`)} · `}
                    {t('asked', { name: row.askedBy, reason: row.reason })}{' '}
                    <span className="cs-quiet">
                      <InstantText at={row.askedAt} />
                    </span>
                  </span>
                  <span className="cs-inline">
                    <Button
                      disabledReason={row.mayDecide ? null : t('ownProposal')}
                      onPress={() => setOpen({ row, approve: true })}
                    >
                      {t('approve')}
                    </Button>
                    <Button
                      disabledReason={row.mayDecide ? null : t('ownProposal')}
                      onPress={() => setOpen({ row, approve: false })}
                    >
                      {t('refuse')}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {open && (
        <ReasonDialog
          title={title()}
          label={t('protectReason')}
          missing={t('missing')}
          confirmLabel={open.approve ? t('approve') : t('refuse')}
          onClose={() => setOpen(null)}
          onConfirm={async reason => {
            await decide.mutateAsync({ customerId: open.row.customerId, approve: open.approve, reason })
            refresh()
            toasts.show({ text: t('decided') })
          }}
        >
          <p>{open.row.reason}</p>
        </ReasonDialog>
      )}
    </Section>
  )
}
