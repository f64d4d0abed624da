import type { Input } from '@curbstop/kernel/endpoint'
import { fieldwork } from '@curbstop/server/contract/staff'
import { FieldRow, NumberField, RadioGroup, TextArea, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import type { Order } from './order-words.ts'
import { useRefreshOrders } from './use-board.ts'

type Result = Input<typeof fieldwork.completeOrder>
type Left = Result['leftStatus']
const lefts: readonly Left[] = ['on', 'off', 'locked']

/** The result form asks what this kind of order must bring home (SO-033), nothing more. */
export function ResultDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useWords('orders')
  const toasts = useToast()
  const refresh = useRefreshOrders()
  const kinds = useAsk(fieldwork.listOrderKinds, {}, { staleTime: 3_600_000 })
  const kind = kinds.data?.find(one => one.kind === order.kind)
  const asked = useDo(fieldwork.completeOrder)
  const [outcome, setOutcome] = useState<string | null>(null)
  const [left, setLeft] = useState<Left | null>(null)
  const [serial, setSerial] = useState('')
  const [read, setRead] = useState('')
  const [psi, setPsi] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const isReadWrong = read.trim() !== '' && !/^\d{1,12}$/.test(read.trim())
  const submit = () => {
    setTried(true)
    if (!outcome || !left || isReadWrong) return
    asked.mutate(
      {
        orderId: order.orderId,
        version: order.version,
        outcome,
        leftStatus: left,
        note,
        ...(serial.trim() ? { meterSerialSeen: serial } : {}),
        ...(read.trim() ? { readValue: BigInt(read.trim()) } : {}),
        ...(psi !== null ? { staticPsi: psi } : {}),
      },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('dialog.completed') })
          onClose()
        },
      },
    )
  }
  return (
    <ActForm
      title={t('dialog.completeTitle', { name: order.name })}
      doIt={t('dialog.completeDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['outcome', 'leftStatus', 'meterSerialSeen', 'readValue', 'staticPsi', 'note']}
    >
      <RadioGroup
        label={t('dialog.outcome')}
        name="outcome"
        options={(kind?.outcomes ?? []).map(one => ({ id: one.code, label: one.label }))}
        value={outcome}
        onChange={setOutcome}
        error={tried && !outcome ? t('dialog.outcomeMissing') : null}
        {...(kind ? { description: kind.citation } : {})}
      />
      <RadioGroup
        label={t('dialog.left')}
        name="leftStatus"
        inline
        options={lefts.map(id => ({ id, label: t(`leftStatus.${id}`) }))}
        value={left}
        onChange={setLeft}
        error={tried && !left ? t('dialog.leftMissing') : null}
      />
      <FieldRow>
        <TextField
          label={t('dialog.serial')}
          name="meterSerialSeen"
          description={t('dialog.serialHelp')}
          optional={!kind?.needsRead}
          value={serial}
          onChange={setSerial}
        />
        <TextField
          label={t('dialog.read')}
          name="readValue"
          description={t('dialog.readHelp')}
          optional={!kind?.needsRead}
          inputMode="numeric"
          value={read}
          onChange={setRead}
          error={isReadWrong ? t('dialog.readWrong') : null}
        />
        {kind?.needsPsi && (
          <NumberField
            label={t('dialog.psi')}
            name="staticPsi"
            unit={t('dialog.psiUnit')}
            decimals={0}
            min={0}
            max={400}
            value={psi}
            onChange={setPsi}
          />
        )}
      </FieldRow>
      <TextArea label={t('dialog.note')} name="note" optional value={note} onChange={setNote} rows={3} />
    </ActForm>
  )
}
