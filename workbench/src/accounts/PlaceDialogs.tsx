import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import { desk } from '@curbstop/server/contract/staff'
import {
  DateField,
  FieldRow,
  FormDialog,
  SegmentedControl,
  Select,
  TextArea,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useState } from 'react'
import { noteStep } from '../contacts/steps.ts'
import { useDo } from '../shell/ask.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useWords } from '../shell/words.ts'

type PlaceProps = { accountId: AccountId; onClose: () => void }
type AlertTone = Input<typeof desk.placeAlert>['tone']
type HoldWhat = Input<typeof desk.placeHold>['what']
type HoldReason = Input<typeof desk.placeHold>['reasonCode']
const tones = ['info', 'attention', 'danger'] as const satisfies readonly AlertTone[]
const whats = ['shut-off', 'late-fee', 'bill', 'refund'] as const satisfies readonly HoldWhat[]
const reasons = [
  'dispute',
  'appeal',
  'medical',
  'extension',
  'bankruptcy',
  'research',
  'other',
] as const satisfies readonly HoldReason[]

/** A sentence for everybody who opens the account. */
export function PlaceAlertDialog({ accountId, onClose }: PlaceProps) {
  const t = useWords('accounts')
  const toasts = useToast()
  const { today } = useUi()
  const refresh = useRefreshAccount(accountId)
  const place = useDo(desk.placeAlert)
  const [text, setText] = useState('')
  const [tone, setTone] = useState<AlertTone>('attention')
  const [untilOn, setUntilOn] = useState<LocalDate | null>(null)
  const submit = () =>
    place.mutate(
      { accountId, tone, text, ...(untilOn ? { untilOn } : {}) },
      {
        onSuccess: () => {
          noteStep(accountId, { kind: 'alert-placed', facts: { what: text.slice(0, 160) } })
          refresh()
          toasts.show({ text: t('alertDialog.placed') })
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title={t('alertDialog.title')}
      doIt={t('alertDialog.place')}
      onSubmit={submit}
      onClose={onClose}
      busy={place.isPending}
      {...faults(place.error, ['text', 'reason', 'untilOn'])}
    >
      <TextField
        label={t('alertDialog.text')}
        name="text"
        value={text}
        onChange={setText}
        maxLength={300}
        autoFocus
      />
      <SegmentedControl
        label={t('alertDialog.tone')}
        options={tones.map(id => ({ id, label: t(`alertDialog.tones.${id}`) }))}
        value={tone}
        onChange={setTone}
      />
      <DateField
        label={t('alertDialog.until')}
        name="untilOn"
        optional
        description={t('alertDialog.untilHelp')}
        value={untilOn}
        onChange={setUntilOn}
        {...(today ? { min: today } : {})}
      />
    </FormDialog>
  )
}

/** Stops shut-off, late fees, billing or refunds, with a reason that everybody reads. */
export function PlaceHoldDialog({ accountId, onClose }: PlaceProps) {
  const t = useWords('accounts')
  const toasts = useToast()
  const { today } = useUi()
  const refresh = useRefreshAccount(accountId)
  const place = useDo(desk.placeHold)
  const [what, setWhat] = useState<HoldWhat>('shut-off')
  const [reasonCode, setReasonCode] = useState<HoldReason>('dispute')
  const [reason, setReason] = useState('')
  const [untilOn, setUntilOn] = useState<LocalDate | null>(null)
  const submit = () =>
    place.mutate(
      { accountId, what, reasonCode, reason, ...(untilOn ? { untilOn } : {}) },
      {
        onSuccess: () => {
          const words = t(`work.holdWhat.${what}`)
          noteStep(accountId, {
            kind: 'hold-placed',
            facts: { what: words, ...(untilOn ? { until: untilOn } : {}) },
          })
          refresh()
          toasts.show({ text: t('holdDialog.placed') })
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title={t('holdDialog.title')}
      doIt={t('holdDialog.place')}
      onSubmit={submit}
      onClose={onClose}
      busy={place.isPending}
      {...faults(place.error, ['text', 'reason', 'untilOn'])}
    >
      <FieldRow>
        <Select
          label={t('holdDialog.what')}
          options={whats.map(id => ({ id, label: t(`work.holdWhat.${id}`) }))}
          value={what}
          onChange={setWhat}
          autoFocus
        />
        <Select
          label={t('holdDialog.reasonCode')}
          options={reasons.map(id => ({ id, label: t(`work.holdReason.${id}`) }))}
          value={reasonCode}
          onChange={setReasonCode}
        />
      </FieldRow>
      <TextArea label={t('holdDialog.reason')} name="reason" value={reason} onChange={setReason} rows={2} />
      <DateField
        label={t('holdDialog.until')}
        name="untilOn"
        optional
        description={t('holdDialog.untilHelp')}
        value={untilOn}
        onChange={setUntilOn}
        {...(today ? { min: today } : {})}
      />
    </FormDialog>
  )
}
