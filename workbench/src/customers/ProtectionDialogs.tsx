import type { Input } from '@curbstop/kernel/endpoint'
import { customers } from '@curbstop/server/contract/staff'
import { RadioGroup, TextArea, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { useRefreshCustomer } from './use-change.ts'

type DialogProps = { customer: Customer; onClose: () => void }

type Kind = Input<typeof customers.placeProtection>['kind']
const kinds: readonly Kind[] = ['safe-at-home', 'violence', 'judge-or-police', 'other']

export function PlaceDialog({ customer, onClose }: DialogProps) {
  const t = useWords('customers')
  const guard = useWords('accounts')
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.placeProtection)
  const [kind, setKind] = useState<Kind>('safe-at-home')
  const [reason, setReason] = useState('')
  const [substitute, setSubstitute] = useState('')
  const submit = () =>
    asked.mutate(
      {
        customerId: customer.customerId,
        kind,
        reason,
        ...(substitute.trim() ? { substituteAddress: substitute } : {}),
      },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('protection.placedDone') })
          onClose()
        },
      },
    )
  return (
    <ActForm
      title={t('protection.placeTitle')}
      doIt={t('protection.placeDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['kind', 'reason', 'substituteAddress']}
    >
      <RadioGroup
        label={t('protection.placeKind')}
        name="kind"
        options={kinds.map(id => ({ id, label: guard(`guard.kind.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TextField
        label={t('protection.placeReason')}
        name="reason"
        value={reason}
        onChange={setReason}
        autoFocus
      />
      <TextArea
        label={t('protection.substitute')}
        name="substituteAddress"
        description={t('protection.substituteHelp')}
        optional={kind !== 'safe-at-home'}
        value={substitute}
        onChange={setSubstitute}
        rows={3}
      />
    </ActForm>
  )
}

export function LiftDialog({ customer, onClose }: DialogProps) {
  const t = useWords('customers')
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.askToLift)
  return (
    <ReasonDialog
      title={t('protection.liftTitle')}
      label={t('protection.placeReason')}
      missing={t('protection.liftMissing')}
      confirmLabel={t('protection.lift')}
      onClose={onClose}
      onConfirm={async reason => {
        await asked.mutateAsync({ customerId: customer.customerId, reason })
        refresh()
        toasts.show({ text: t('protection.liftDone') })
      }}
    />
  )
}

export function DecideDialog({ customer, approve, onClose }: DialogProps & { approve: boolean }) {
  const t = useWords('customers')
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.decideProtection)
  return (
    <ReasonDialog
      title={approve ? t('protection.approveTitle') : t('protection.refuseTitle')}
      label={t('protection.placeReason')}
      missing={t('protection.liftMissing')}
      confirmLabel={approve ? t('protection.approve') : t('protection.refuse')}
      onClose={onClose}
      onConfirm={async reason => {
        await asked.mutateAsync({ customerId: customer.customerId, approve, reason })
        refresh()
        toasts.show({ text: t('protection.decided') })
      }}
    />
  )
}

/** Opens the card for its reader for a short while; who looked and why is kept. */
export function Reveal({ customer, onClose }: DialogProps) {
  const guard = useWords('accounts')
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.reveal)
  return (
    <ReasonDialog
      title={guard('guard.revealTitle')}
      label={guard('guard.revealReason')}
      missing={guard('guard.revealTitle')}
      confirmLabel={guard('guard.revealDo')}
      onClose={onClose}
      onConfirm={async reason => {
        await asked.mutateAsync({ customerId: customer.customerId, reason })
        refresh()
      }}
    >
      <p>{guard('guard.revealHelp')}</p>
    </ReasonDialog>
  )
}
